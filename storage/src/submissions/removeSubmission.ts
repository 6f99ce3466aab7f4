import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ROUND_EXISTS } from '../ledger/scripts/existing.js';
import { SETTLE } from '../rounds/deadlineScript.js';

const REMOVE = script(`${ROUND_EXISTS}${SETTLE}
settle(n, round)
local stored = redis.call('HGET', round_key(n, 'submissions'), args.client)
if not stored then return refuse('submission_not_found') end
-- a round whose aggregation failed can be retried without the submission that made it fail
local retriable = round.state == 'failed' and tonumber(round.adapters) > 0 and not round.submissionsDeletedAt
if round.state ~= 'collecting' and not retriable then
  return refuse('round_not_collecting', 'state', round.state)
end
local old = cjson.decode(stored)
redis.call('HDEL', round_key(n, 'submissions'), args.client)
redis.call('ZREM', round_key(n, 'clients'), args.client)
if redis.call('SREM', round_key(n, 'carried'), args.client) == 1 then
  redis.call('HDEL', round_key(old.receipt.carried.fromRound, 'late'), args.client)
end
drop_layout(n, old.layoutDigest)
note_removal('upload/' .. old.blob)
count_kept(args.client, -old.receipt.bytes)
count_live(-1)
emit({ type = 'submission.removed', round = n, client = args.client })
return { 'ok', old.blob }
`);

/**
 * Takes a submission out of a round that still collects, or whose aggregation failed. Returns the folder of its blobs, which removeUpload then
 * removes.
 * @throws Refusal federation_not_found, round_not_found, submission_not_found, round_not_collecting
 */
export async function removeSubmission(
  ledger: Ledger,
  federation: string,
  round: number | 'latest',
  client: string,
): Promise<{ blob: string }> {
  const [blob] = await runScript(ledger, REMOVE, federation, { round, client });
  return { blob: String(blob) };
}
