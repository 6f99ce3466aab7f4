import { TRANSITIONS } from '@florist/core/rounds/transition';
import type { Round } from '@florist/core/schemas/round';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ROUND_EXISTS } from '../ledger/scripts/existing.js';
import { SETTLE } from './deadlineScript.js';
import { roundFrom } from './roundFrom.js';

const CLOSE = script(`${ROUND_EXISTS}${SETTLE}
if not contains(args.close.from, round.state) then return refuse('round_not_collecting', 'state', round.state) end
if args.by == 'deadline' then
  if settle(n, round) then return { 'ok', round_row(n) } end
  local deadline = tonumber(round.deadlineMs)
  if not deadline or args.nowMs < deadline then return refuse('deadline_ahead') end
  if heard_from(n, 'busy') > 0 and args.nowMs < deadline + 1000 * tonumber(round.graceSeconds or 0) then
    return refuse('grace_ahead')
  end
end
local count = fresh(n)
if count < tonumber(round.minSubmissions) then
  return refuse('round_too_few_submissions', 'count', tostring(count), 'needed', round.minSubmissions)
end
close_round(n, args.by)
return { 'ok', round_row(n) }
`);

/**
 * Ends the collecting of a round and asks for its first adapter, a1, which enqueueAggregation then queues. Closed
 * by a deadline that has passed, the round may be failed or extended instead, as its policy says.
 * @throws Refusal federation_not_found, round_not_found, round_not_collecting, round_too_few_submissions, and
 * request_invalid when closed by a deadline that has not passed, or whose grace has not
 */
export async function closeRound(
  ledger: Ledger,
  federation: string,
  round: number | 'latest',
  by: 'operator' | 'deadline',
): Promise<Round> {
  const [row] = await runScript(ledger, CLOSE, federation, { round, by, close: TRANSITIONS.close });
  return roundFrom(row);
}
