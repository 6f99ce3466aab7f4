import type { Blobs } from '../blobs/blobs.js';
import { documentFolder } from '../blobs/keys.js';
import { incarnationOf } from '../federations/incarnationOf.js';
import type { Ledger } from '../ledger/openLedger.js';
import { newestRecord, recordedFederations } from '../records/readRecords.js';
import { type Finding, settleFindings } from './finding.js';

/** Reports federations that the blobs hold and the ledger does not know. Returns those that were not known before. */
export async function findLost(ledger: Ledger, blobs: Blobs): Promise<Finding[]> {
  const fresh: Finding[] = [];
  for (const federation of await recordedFederations(blobs)) {
    const record = await newestRecord(blobs, documentFolder(federation, 'federation'));
    if (record === undefined || (await incarnationOf(ledger, federation)) !== undefined) continue;
    const detail =
      `The ledger does not know federation ${federation}, whose files are there: ` +
      'restore it with `npm run rebuild`, or delete it.';
    const lost: Finding[] = record.gone ? [] : [{ kind: 'federation_lost', subject: federation, detail }];
    fresh.push(...(await settleFindings(ledger, federation, lost)));
  }
  return fresh;
}
