import type { Ledger } from '../ledger/openLedger.js';
import { recordPage } from './recordPage.js';
import type { SubmissionRecord } from './submissionRecord.js';

/** Records fetched at a time, some 600 bytes each: Redis serves others in between. */
const BATCH = 1_000;

/**
 * All submissions of a round, in the order of the clients' ids; meant for rounds that no longer collect.
 * @throws Refusal federation_not_found, round_not_found
 */
export async function submissionRecords(
  ledger: Ledger,
  federation: string,
  round: number,
): Promise<SubmissionRecord[]> {
  const records: SubmissionRecord[] = [];
  for (;;) {
    const batch = await recordPage(ledger, federation, round, records.at(-1)?.receipt.client, BATCH);
    for (const record of batch) records.push(record);
    if (batch.length < BATCH) return records;
  }
}
