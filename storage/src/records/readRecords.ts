import type { Blobs } from '../blobs/blobs.js';
import { RECORDS_FOLDER, recordsFolder } from '../blobs/keys.js';
import { readWhole } from '../blobs/readWhole.js';
import type { LedgerRecord, RecordedDocument } from './ledgerRecord.js';
import { unseal } from './seal.js';
import { isDocument } from './unrecorded.js';

/** What the blobs say of a federation. */
export interface FederationRecords {
  /** The newest record of each document that can be read. */
  records: LedgerRecord[];
  /** Documents whose newest record is damaged; an older one may have been read in its place. */
  damaged: RecordedDocument[];
}

/** Names of the federations that have records, deleted ones among them. */
export async function recordedFederations(blobs: Blobs): Promise<string[]> {
  const names = new Set<string>();
  for await (const key of blobs.list(RECORDS_FOLDER)) names.add(key.split('/')[1] ?? '');
  return [...names];
}

/** The newest record of every document of a federation. */
export async function readRecords(blobs: Blobs, federation: string): Promise<FederationRecords> {
  const folder = recordsFolder(federation);
  const files = new Map<RecordedDocument, string[]>();
  for await (const key of blobs.list(folder)) {
    const document = key.slice(folder.length, key.lastIndexOf('/'));
    if (isDocument(document)) files.set(document, [key, ...(files.get(document) ?? [])]);
  }
  const found: FederationRecords = { records: [], damaged: [] };
  for (const [document, keys] of files) {
    const { record, damaged } = await newest(blobs, keys);
    if (record !== undefined) found.records.push(record);
    if (damaged) found.damaged.push(document);
  }
  return found;
}

/** The newest record of one document; undefined where there is none that can be read. */
export async function newestRecord(blobs: Blobs, folder: string): Promise<LedgerRecord | undefined> {
  const keys: string[] = [];
  for await (const key of blobs.list(folder)) keys.unshift(key);
  return (await newest(blobs, keys)).record;
}

/** @param keys the newest first */
async function newest(
  blobs: Blobs,
  keys: readonly string[],
): Promise<{ record?: LedgerRecord; damaged: boolean }> {
  let damaged = false;
  for (const key of keys) {
    const file = await readWhole(blobs, key);
    // a newer one has just taken its place
    if (file === undefined) continue;
    const record = unseal<LedgerRecord>('ledger-record', file);
    if (record !== undefined) return { record, damaged };
    damaged = true;
  }
  return { damaged };
}
