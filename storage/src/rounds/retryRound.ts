import { TRANSITIONS } from '@florist/core/rounds/transition';
import type { AggregationInput } from '@florist/core/schemas/aggregation';
import type { Round } from '@florist/core/schemas/round';
import { QUORUM_DEFAULT } from '@florist/core/schemas/roundPolicy';
import { aggregationFields } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ROUND_EXISTS } from '../ledger/scripts/existing.js';
import { roundFrom } from './roundFrom.js';

const RETRY = script(`${ROUND_EXISTS}
if not contains(args.retry.from, round.state) then return refuse('round_not_failed', 'state', round.state) end
if tonumber(round.adapters) == 0 then
  return refuse('round_too_few_submissions', 'count', tostring(fresh(n)), 'needed', round.minSubmissions)
end
if round.submissionsDeletedAt then return refuse('submissions_gone') end
-- some may have been taken out since it failed
local needed = round.onDeadline == 'proceed' and (round.quorum or '${QUORUM_DEFAULT}') or round.minSubmissions
if fresh(n) < tonumber(needed) then
  return refuse('round_too_few_submissions', 'count', tostring(fresh(n)), 'needed', needed)
end
if args.given.missingModules and args.given.missingModules ~= round.missingModules then
  return refuse('missing_modules_fixed', 'fixed', round.missingModules)
end
local first = adapter_key(n, 'a1')
redis.call('HDEL', round_key(n), 'failedAt', 'errorCode', 'errorDetail')
redis.call('HDEL', first, 'errorCode', 'errorDetail', 'weighed', 'weighedAttempt')
redis.call('UNLINK', adapter_key(n, 'a1', 'done'))
write(round_key(n), { state = args.retry.to })
write(round_key(n), args.given)
write(first, args.given)
redis.call('HSET', round_key(n, 'made'), recipe(record(first)), 'a1')
begin_attempt(n, 'a1', tonumber(redis.call('HGET', first, 'attempt')) + 1)
if tonumber(redis.call('HGET', federation_key, 'latest')) == n then unschedule_next() end
emit({ type = 'round.retried', round = n, adapter = 'a1' })
return { 'ok', round_row(n) }
`);

/**
 * Aggregates a failed round anew, from nothing; enqueueAggregation then queues its a1.
 * @param given what to change of the aggregation, where it was the reason for the failure
 * @throws Refusal federation_not_found, round_not_found, round_not_failed, round_too_few_submissions where its
 * deadline had passed in vain or too many were taken out since, submissions_gone, request_invalid
 */
export async function retryRound(
  ledger: Ledger,
  federation: string,
  round: number | 'latest',
  given: AggregationInput = {},
): Promise<Round> {
  const args = { round, retry: TRANSITIONS.retry, given: aggregationFields(given) };
  const [row] = await runScript(ledger, RETRY, federation, args);
  return roundFrom(row);
}
