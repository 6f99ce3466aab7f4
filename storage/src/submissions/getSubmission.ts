import type { Receipt } from '@florist/core/schemas/submission';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ROUND_EXISTS } from '../ledger/scripts/existing.js';
import { submissionRecordFrom } from './submissionRecord.js';

const GET = script(`${ROUND_EXISTS}
local stored = redis.call('HGET', round_key(n, 'submissions'), args.client)
if not stored then return refuse('submission_not_found') end
return { 'ok', stored }
`);

/** @throws Refusal federation_not_found, round_not_found, submission_not_found */
export async function getSubmission(
  ledger: Ledger,
  federation: string,
  round: number | 'latest',
  client: string,
): Promise<Receipt> {
  const [stored] = await runScript(ledger, GET, federation, { round, client });
  return submissionRecordFrom(stored).receipt;
}
