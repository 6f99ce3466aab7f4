import type { Blobs } from '../blobs/blobs.js';
import { ADAPTER_FILE, adapterFolder, CONFIG_FILE, RECEIPT_FILE } from '../blobs/keys.js';
import { incarnationOf } from '../federations/incarnationOf.js';
import { need } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { type BlobSurvey, surveyBlobs } from '../rebuild/surveyBlobs.js';
import { writeReceiptFile } from '../submissions/uploadFiles.js';
import { catchUpRecords } from './catchUpRecords.js';
import { checkFile } from './checkFile.js';
import { type Finding, listFindings, settleFindings } from './finding.js';
import { finishUploads } from './finishUploads.js';
import { type LedgerView, ledgerView } from './ledgerView.js';
import { removeLeftovers } from './removeLeftovers.js';

/**
 * Age at which nobody can be at an upload any more: between its last byte and the ledger's word lie seconds, and an
 * api that cannot reach Redis gives up after some ten.
 */
const UPLOAD_AGE_MS = 5 * 60_000;
/** Age at which what an attempt left is nobody's: a worker that finds itself unwanted removes it within seconds. */
const LEFTOVER_AGE_MS = 60 * 60_000;

export interface ReconcileOptions {
  /** Reads every file, to compare its digest and not its size alone. */
  deep?: boolean;
  /** Age in milliseconds at which an upload without a submission is taken up. */
  uploadAgeMs?: number;
  /** Age in milliseconds at which what attempts left behind is removed. */
  leftoverAgeMs?: number;
}

/** What came of comparing a federation's ledger with its blobs. */
export interface Reconciled {
  /** Uploads that count again, or now. */
  restored: number;
  /** Folders that nothing named. */
  removed: number;
  /** Receipts that were missing beside what they are of. */
  receipts: number;
  /** What cannot be mended and was not known before. */
  findings: Finding[];
}

/**
 * Compares a federation's ledger with its blobs: finishes what was interrupted, removes what nothing names, and
 * reports what cannot be mended. It may run at any time, beside everything else, and any number of times.
 * @throws Refusal federation_not_found
 */
export async function reconcile(
  ledger: Ledger,
  blobs: Blobs,
  federation: string,
  options: ReconcileOptions = {},
): Promise<Reconciled> {
  const { deep = false, uploadAgeMs = UPLOAD_AGE_MS, leftoverAgeMs = LEFTOVER_AGE_MS } = options;
  const now = Date.now();
  const survey = await surveyBlobs(blobs, federation);
  const behind = await catchUpRecords(ledger, blobs, federation, survey);
  const finished = await finishUploads(ledger, blobs, federation, survey.uploads, now - uploadAgeMs);
  const view = await ledgerView(ledger, federation);
  const removed = await removeLeftovers(blobs, survey, view, now - leftoverAgeMs);
  const receipts = await writeReceipts(ledger, blobs, federation, survey, view);
  const damaged = await findDamage(ledger, blobs, federation, view, deep);
  const found = [...behind, ...finished.findings, ...damaged];
  return {
    ...{ restored: finished.restored, removed: finished.removed + removed, receipts },
    findings: await settleFindings(ledger, federation, found),
  };
}

/** A submission whose client was never answered has none, nor has one of a version that wrote none. */
async function writeReceipts(
  ledger: Ledger,
  blobs: Blobs,
  federation: string,
  { uploads }: BlobSurvey,
  { submissions }: LedgerView,
): Promise<number> {
  const incarnation = await incarnationOf(ledger, federation);
  const bare = new Set(uploads.filter(({ files }) => !files.has(RECEIPT_FILE)).map(({ folder }) => folder));
  let written = 0;
  for (const { record, layout } of submissions) {
    if (incarnation === undefined || !bare.has(record.blob)) continue;
    // since it was listed it may have been withdrawn, or got its receipt
    const [model, receipt] = [record.blob + ADAPTER_FILE, record.blob + RECEIPT_FILE];
    if ((await blobs.stat(model)) === undefined || (await blobs.stat(receipt)) !== undefined) continue;
    const fanInFanOut = (await orientation(ledger, federation)) === 'true';
    const revision = record.revision ?? 0;
    await writeReceiptFile(blobs, { incarnation, record: { ...record, revision }, layout, fanInFanOut });
    written++;
  }
  return written;
}

async function orientation({ redis, prefix }: Ledger, federation: string): Promise<string | null> {
  return redis.hget(`${prefix}:{${federation}}:federation`, 'fanInFanOut');
}

/** Looks again at what seems damaged, since it may have been replaced or deleted while it was looked at. */
async function findDamage(
  ledger: Ledger,
  blobs: Blobs,
  federation: string,
  view: LedgerView,
  deep: boolean,
): Promise<Finding[]> {
  const known = (await listFindings(ledger)).findings.filter((finding) => finding.federation === federation);
  const digests = new Set(known.flatMap((finding) => (finding.deep ? [finding.subject] : [])));
  const seen = await damageIn(blobs, federation, view, (subject) => deep || digests.has(subject));
  if (seen.length === 0) return seen;
  const again = await damageIn(blobs, federation, await ledgerView(ledger, federation), (subject) =>
    seen.some((finding) => finding.subject === subject && finding.deep),
  );
  return again.filter(({ subject }) => seen.some((finding) => finding.subject === subject));
}

async function damageIn(
  blobs: Blobs,
  federation: string,
  { submissions, adapters }: LedgerView,
  isDeep: (subject: string) => boolean,
): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { record, kept } of submissions) {
    if (!kept) continue;
    const { client, round, ...expected } = record.receipt;
    const wrong = await checkFolder(blobs, record.blob, expected, isDeep);
    if (wrong === undefined) continue;
    const detail = `The submission of ${client} to round ${round}: ${wrong.detail}.`;
    found.push({ kind: 'submission_damaged', subject: record.blob, round, client, ...wrong, detail });
  }
  for (const { round, adapter, fields } of adapters) {
    if (fields.state !== 'published' || fields.filesDeletedAt !== undefined) continue;
    const folder = adapterFolder({ federation, round, adapter, attempt: Number(need(fields, 'attempt')) });
    const wrong = await checkFolder(blobs, folder, JSON.parse(need(fields, 'result')), isDeep);
    if (wrong === undefined) continue;
    const detail = `Adapter ${adapter} of round ${round}: ${wrong.detail}.`;
    found.push({ kind: 'adapter_damaged', subject: folder, round, adapter, ...wrong, detail });
  }
  return found;
}

async function checkFolder(
  blobs: Blobs,
  folder: string,
  expected: { bytes: number; sha256: string },
  isDeep: (subject: string) => boolean,
): Promise<{ detail: string; deep: boolean } | undefined> {
  const shallow = await checkFile(blobs, folder + ADAPTER_FILE, expected, false);
  if (shallow !== undefined) return { detail: `${ADAPTER_FILE} ${shallow}`, deep: false };
  if ((await blobs.stat(folder + CONFIG_FILE)) === undefined) {
    return { detail: `${CONFIG_FILE} is missing`, deep: false };
  }
  if (!isDeep(folder)) return undefined;
  const wrong = await checkFile(blobs, folder + ADAPTER_FILE, expected, true);
  return wrong === undefined ? undefined : { detail: `${ADAPTER_FILE} ${wrong}`, deep: true };
}
