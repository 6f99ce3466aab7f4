import { Refusal } from '@florist/core/errors/refusal';
import type { Blobs } from '../blobs/blobs.js';
import { RECEIPT_FILE } from '../blobs/keys.js';
import type { Ledger } from '../ledger/openLedger.js';
import { saveRecords } from '../records/saveRecords.js';
import { removeUpload } from '../retention/removeMarked.js';
import { type Acceptance, acceptSubmission, type SubmissionOffer } from './acceptSubmission.js';
import { writeReceiptFile } from './uploadFiles.js';

/**
 * Offers an upload whose files are durable to the ledger, and makes durable what the ledger says before anybody is
 * told: its receipt, and records that are out of date and that the receipt rests on. What is refused, the same again,
 * or replaced is removed. A fault leaves the files, since the ledger may have accepted them before the answer was
 * lost; sending the same content again settles it, and so does the reconciler.
 * @param failed told of what could not be removed; the sweeps do it
 * @throws Refusal as acceptSubmission, Outage storage_full
 */
export async function settleOffer(
  ledger: Ledger,
  blobs: Blobs,
  offer: SubmissionOffer,
  failed: (folder: string, error: unknown) => void,
): Promise<Acceptance> {
  const { federation, blob } = offer;
  const discard = (folder: string, removing: Promise<void>) =>
    removing.catch((error: unknown) => failed(folder, error));
  const acceptance = await acceptSubmission(ledger, offer).catch(async (error: unknown) => {
    if (error instanceof Refusal) await discard(blob, blobs.removeFolder(blob));
    throw error;
  });
  const { outcome, file, unrecorded, replacedBlob } = acceptance;
  // the same again may follow an acceptance that nobody was told of
  const known = outcome === 'same' && (await blobs.stat(file.record.blob + RECEIPT_FILE)) !== undefined;
  if (!known) await writeReceiptFile(blobs, file);
  await saveRecords(ledger, blobs, federation, unrecorded);
  if (outcome === 'same') await discard(blob, blobs.removeFolder(blob));
  if (replacedBlob !== undefined) {
    await discard(replacedBlob, removeUpload(ledger, blobs, federation, replacedBlob));
  }
  return acceptance;
}
