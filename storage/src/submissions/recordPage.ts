import { listFrom } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ROUND_EXISTS } from '../ledger/scripts/existing.js';
import { type SubmissionRecord, submissionRecordFrom } from './submissionRecord.js';

const LIST = script(`${ROUND_EXISTS}
local after = args.after and ('(' .. args.after) or '-'
local names = redis.call('ZRANGEBYLEX', round_key(n, 'clients'), after, '+', 'LIMIT', 0, args.count)
if #names == 0 then return { 'ok', {} } end
return { 'ok', redis.call('HMGET', round_key(n, 'submissions'), unpack(names)) }
`);

/** Up to `count` records of the clients after `after`, in the order of their ids. */
export async function recordPage(
  ledger: Ledger,
  federation: string,
  round: number | 'latest',
  after: string | undefined,
  count: number,
): Promise<SubmissionRecord[]> {
  const [records] = await runScript(ledger, LIST, federation, { round, after, count });
  return listFrom(records).map(submissionRecordFrom);
}
