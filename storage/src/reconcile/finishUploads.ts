import { Refusal } from '@florist/core/errors/refusal';
import type { Blobs } from '../blobs/blobs.js';
import { ADAPTER_FILE, CONFIG_FILE, RECEIPT_FILE } from '../blobs/keys.js';
import { incarnationOf } from '../federations/incarnationOf.js';
import type { Ledger } from '../ledger/openLedger.js';
import type { UploadFolder } from '../rebuild/surveyBlobs.js';
import { ORPHAN_AGE_MS } from '../retention/orphanUploads.js';
import { unnamedUploads } from '../retention/unnamedUploads.js';
import { restoreSubmission } from '../submissions/restoreSubmission.js';
import { settleOffer } from '../submissions/settleOffer.js';
import { readOfferFile, readReceiptFile } from '../submissions/uploadFiles.js';
import { checkFile } from './checkFile.js';
import type { Finding } from './finding.js';

/** What became of uploads that no submission named. */
export interface FinishedUploads {
  restored: number;
  removed: number;
  findings: Finding[];
}

/**
 * Does with each of these uploads what was left undone. One that the ledger once accepted, as its receipt says, counts
 * again, if its round still collects and its client has nothing newer there; if the round has ended, it is kept and
 * reported. One that the ledger was never asked about, or whose answer was never given, is offered to it as it was
 * sent, but replaces nothing; what the ledger refuses is removed, since nobody was told that it counted.
 * @param uploads listed a moment ago
 * @param youngestMs those written after this may still be at work
 */
export async function finishUploads(
  ledger: Ledger,
  blobs: Blobs,
  federation: string,
  uploads: readonly UploadFolder[],
  youngestMs: number,
): Promise<FinishedUploads> {
  const finished: FinishedUploads = { restored: 0, removed: 0, findings: [] };
  for (const upload of await unnamedUploads(ledger, federation, uploads)) {
    if (upload.modifiedMs > youngestMs) continue;
    if (upload.files.has(RECEIPT_FILE)) await restore(ledger, blobs, federation, upload, finished);
    else await offer(ledger, blobs, federation, upload, finished);
  }
  return finished;
}

async function restore(
  ledger: Ledger,
  blobs: Blobs,
  federation: string,
  { folder, round, client, modifiedMs }: UploadFolder,
  finished: FinishedUploads,
): Promise<void> {
  const report = (kind: Finding['kind'], detail: string) =>
    finished.findings.push({ kind, subject: folder, round, client, detail });
  const file = await readReceiptFile(blobs, folder);
  if (file === undefined) {
    if ((await blobs.stat(folder + RECEIPT_FILE)) !== undefined) {
      report('receipt_damaged', `The receipt of ${client} for round ${round} cannot be read.`);
    }
    return;
  }
  try {
    const outcome = await restoreSubmission(ledger, federation, file);
    if (outcome === 'restored') finished.restored++;
    if (outcome === 'left-out') {
      report(
        'submission_left_out',
        `Round ${round} ended its collecting without the submission of ${client}.`,
      );
    }
    const isOver = outcome === 'superseded' || outcome === 'foreign';
    if (isOver && modifiedMs <= Date.now() - ORPHAN_AGE_MS) {
      await blobs.removeFolder(folder);
      finished.removed++;
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    report(
      'submission_left_out',
      `The submission of ${client} to round ${round} no longer fits: ${error.message}`,
    );
  }
}

async function offer(
  ledger: Ledger,
  blobs: Blobs,
  federation: string,
  { folder }: UploadFolder,
  finished: FinishedUploads,
): Promise<void> {
  const file = await readOfferFile(blobs, folder);
  // one that is not whole, or of a federation that had the name before, goes when it is old
  if (file === undefined || file.incarnation !== (await incarnationOf(ledger, federation))) return;
  if ((await checkFile(blobs, folder + ADAPTER_FILE, file.offer, false)) !== undefined) return;
  if ((await blobs.stat(folder + CONFIG_FILE)) === undefined) return;
  try {
    const { outcome } = await settleOffer(
      ledger,
      blobs,
      { ...file.offer, replace: false },
      (_folder, error) => {
        throw error;
      },
    );
    if (outcome === 'same') finished.removed++;
    else finished.restored++;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    finished.removed++;
  }
}
