import type { Verdicts } from '@florist/core/schemas/weighting';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ATTEMPT_PRESENT } from '../ledger/scripts/existing.js';
import type { AttemptRef } from './refs.js';

const RECORD = script(`${ATTEMPT_PRESENT}
if adapter.state ~= 'aggregating' then return { 'ok', 'stale' } end
if tonumber(adapter.weighedAttempt) ~= args.attempt then
  write(adapter_key(n, id), { weighed = args.verdicts, weighedAttempt = args.attempt })
  emit({ type = 'adapter.weighed', round = n, adapter = id, clipped = args.clipped, dropped = args.dropped,
    detail = args.detail })
end
return { 'ok', 'recorded' }
`);

/**
 * Notes what a robust policy made of an adapter's clients, once for each attempt. The weights themselves are in a
 * blob that must be durable before.
 * @param detail who was clipped or dropped and why, for the event
 */
export async function recordWeights(
  ledger: Ledger,
  ref: AttemptRef,
  verdicts: Verdicts,
  detail: string,
): Promise<'recorded' | 'stale'> {
  const { federation, ...attempt } = ref;
  const { clipped, dropped } = verdicts;
  const args = { ...attempt, clipped, dropped, detail, verdicts: JSON.stringify(verdicts) };
  const [outcome] = await runScript(ledger, RECORD, federation, args);
  return outcome === 'recorded' ? outcome : 'stale';
}
