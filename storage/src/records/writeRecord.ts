import type { Blobs } from '../blobs/blobs.js';
import { documentFolder, recordKey } from '../blobs/keys.js';
import type { LedgerRecord } from './ledgerRecord.js';
import { seal } from './seal.js';

/**
 * Older records of a document that stay: whoever copies the folder meanwhile finds the file that it has just listed,
 * and where the newest is damaged, there is one to fall back upon.
 */
const OLDER_KEPT = 2;

/**
 * Makes a record durable, then removes those that it takes the place of. However many write at once, and however
 * late: the newest revision is never touched by a writer of an older one, and is the one that is read.
 */
export async function writeRecord(blobs: Blobs, record: LedgerRecord): Promise<void> {
  const { federation, document, revision } = record;
  const key = recordKey(federation, document, revision);
  await blobs.write(key, seal('ledger-record', record), { intoReserve: true });
  const older: string[] = [];
  for await (const other of blobs.list(documentFolder(federation, document))) {
    if (other < key) older.push(other);
  }
  for (const other of older.slice(0, -OLDER_KEPT)) await blobs.remove(other);
}
