import { TRANSITIONS } from '@florist/core/rounds/transition';
import { CHOICE } from '../choices/choiceScript.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ATTEMPT_PRESENT } from '../ledger/scripts/existing.js';
import type { AttemptRef } from './refs.js';

const FAIL = script(`${ATTEMPT_PRESENT}${CHOICE}
if adapter.state == 'failed' and round.state ~= 'cancelled' then return { 'ok', 'failed' } end
if adapter.state ~= 'aggregating' then return { 'ok', 'stale' } end
end_attempt(n, id)
local failure = { errorCode = args.code, errorDetail = args.detail }
write(adapter_key(n, id), { state = 'failed' })
write(adapter_key(n, id), failure)
-- whoever asks for the same again gets another try
redis.call('HDEL', round_key(n, 'made'), recipe(adapter))
if contains(args.fail.from, round.state) then
  write(round_key(n), { state = args.fail.to, failedAt = args.now })
  write(round_key(n), failure)
  emit({ type = 'round.failed', round = n, adapter = id, detail = args.detail })
  schedule_next(n)
else
  emit({ type = 'adapter.failed', round = n, adapter = id, detail = args.detail })
end
candidate_ended(n)
return { 'ok', 'failed' }
`);

/**
 * Gives an adapter up: the round's first makes the round failed. Failing again changes nothing; 'stale' when
 * this attempt is no longer wanted.
 * @param error a problem's code, and a sentence that says why and what to do
 */
export async function failAdapter(
  ledger: Ledger,
  ref: AttemptRef,
  error: { code: string; detail: string },
): Promise<'failed' | 'stale'> {
  const { federation, round, adapter, attempt } = ref;
  const args = { round, adapter, attempt, code: error.code, detail: error.detail, fail: TRANSITIONS.fail };
  const [outcome] = await runScript(ledger, FAIL, federation, args);
  return outcome === 'failed' ? outcome : 'stale';
}
