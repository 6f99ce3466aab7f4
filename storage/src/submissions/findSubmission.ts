import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ROUND_EXISTS } from '../ledger/scripts/existing.js';
import { type SubmissionRecord, submissionRecordFrom } from './submissionRecord.js';

const FIND = script(`${ROUND_EXISTS}
local stored = redis.call('HGET', round_key(n, 'submissions'), args.client)
if stored and round.submissionsDeletedAt then return refuse('submissions_gone') end
if stored then return { 'ok', stored } end
if not redis.call('ZSCORE', base .. 'clients', args.client) then return refuse('client_not_found') end
return refuse('submission_not_found')
`);

/**
 * What the ledger keeps of a client's submission whose files are there. A client that was removed still has those it
 * made.
 * @throws Refusal federation_not_found, round_not_found, client_not_found, submission_not_found,
 * submissions_gone
 */
export async function findSubmission(
  ledger: Ledger,
  federation: string,
  round: number,
  client: string,
): Promise<SubmissionRecord> {
  const [stored] = await runScript(ledger, FIND, federation, { round, client });
  return submissionRecordFrom(stored);
}
