import type { Blobs } from '../blobs/blobs.js';
import { recordsFolder } from '../blobs/keys.js';
import type { Ledger } from '../ledger/openLedger.js';
import { writeRecord } from './writeRecord.js';

/**
 * Writes down that a federation was deleted, so that no record that somebody still writes of it can bring it back,
 * and removes the records of its rounds and clients. What is written down stays.
 */
export async function recordDeletion(
  ledger: Ledger,
  blobs: Blobs,
  federation: string,
  { incarnation, revision }: { incarnation: string; revision: number },
): Promise<void> {
  const recordedAt = ledger.now().toISOString();
  const document = 'federation';
  await writeRecord(blobs, { federation, document, incarnation, revision, recordedAt, gone: true, keys: [] });
  for (const rest of ['round/', 'client/']) await blobs.removeFolder(recordsFolder(federation) + rest);
}
