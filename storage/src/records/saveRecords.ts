import type { Blobs } from '../blobs/blobs.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import type { RecordedDocument } from './ledgerRecord.js';
import { snapshot } from './snapshot.js';
import { unrecorded } from './unrecorded.js';
import { writeRecord } from './writeRecord.js';

/** What has changed since the snapshot stays noted. */
const RECORDED = script(`
local changed = redis.call('ZSCORE', base .. 'unrecorded', args.document)
if changed and tonumber(changed) <= args.revision then redis.call('ZREM', base .. 'unrecorded', args.document) end
if redis.call('EXISTS', base .. 'unrecorded') == 0 then
  redis.call('SREM', global .. 'unrecorded', args.federation)
end
return { 'ok' }
`);

/**
 * Writes down beside the blobs what the ledger says of these documents, so that it outlives Redis. Whoever changes
 * them calls it before telling anybody; what is forgotten or fails stays noted, and the sweep does it.
 * @param documents all that have changed where left out
 * @throws Outage storage_full
 */
export async function saveRecords(
  ledger: Ledger,
  blobs: Blobs,
  federation: string,
  documents?: readonly RecordedDocument[],
): Promise<void> {
  for (const document of documents ?? (await unrecorded(ledger, federation))) {
    const record = await snapshot(ledger, federation, document);
    const revision = record?.revision ?? Number.MAX_SAFE_INTEGER;
    if (record !== undefined) await writeRecord(blobs, record);
    await runScript(ledger, RECORDED, federation, { document, revision });
  }
}
