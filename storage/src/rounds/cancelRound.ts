import { TRANSITIONS } from '@florist/core/rounds/transition';
import type { Round } from '@florist/core/schemas/round';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ROUND_EXISTS } from '../ledger/scripts/existing.js';
import { roundFrom } from './roundFrom.js';

const CANCEL = script(`${ROUND_EXISTS}
if not contains(args.cancel.from, round.state) then return refuse('round_not_cancellable', 'state', round.state) end
if round.state == 'aggregating' then
  end_attempt(n, 'a1')
  write(adapter_key(n, 'a1'), {
    state = 'failed', errorCode = 'round_cancelled', errorDetail = 'The round was cancelled while it aggregated.',
  })
end
write(round_key(n), { state = args.cancel.to, cancelledAt = args.now })
if round.state == 'collecting' then end_collecting(n) end
count_live(0 - redis.call('HLEN', round_key(n, 'submissions')))
emit({ type = 'round.cancelled', round = n })
return { 'ok', round_row(n) }
`);

/**
 * Ends a round without an adapter. Work under way finds its attempt gone and stops.
 * @throws Refusal federation_not_found, round_not_found, round_not_cancellable
 */
export async function cancelRound(
  ledger: Ledger,
  federation: string,
  round: number | 'latest',
): Promise<Round> {
  const [row] = await runScript(ledger, CANCEL, federation, { round, cancel: TRANSITIONS.cancel });
  return roundFrom(row);
}
