import { TRANSITIONS } from '@florist/core/rounds/transition';
import type { Round } from '@florist/core/schemas/round';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ROUND_EXISTS } from '../ledger/scripts/existing.js';
import { roundFrom } from './roundFrom.js';

const CLOSE = script(`${ROUND_EXISTS}
if not contains(args.close.from, round.state) then return refuse('round_not_collecting', 'state', round.state) end
if args.by == 'deadline' and not (round.deadlineMs and tonumber(round.deadlineMs) <= args.nowMs) then
  return refuse('deadline_ahead')
end
local count = redis.call('HLEN', round_key(n, 'submissions'))
if count < tonumber(round.minSubmissions) then
  return refuse('round_too_few_submissions', 'count', tostring(count), 'needed', round.minSubmissions)
end
close_round(n, args.by)
return { 'ok', round_row(n) }
`);

/**
 * Ends the collecting of a round and asks for its first adapter, a1, which enqueueAggregation then queues.
 * @throws Refusal federation_not_found, round_not_found, round_not_collecting, round_too_few_submissions, and
 * request_invalid when closed by a deadline that has not passed
 */
export async function closeRound(
  ledger: Ledger,
  federation: string,
  round: number | 'latest',
  by: 'operator' | 'deadline',
): Promise<Round> {
  const [row] = await runScript(ledger, CLOSE, federation, { round, by, close: TRANSITIONS.close });
  return roundFrom(row, ledger.now());
}
