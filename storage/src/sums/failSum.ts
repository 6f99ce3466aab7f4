import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import type { SumRef } from './refs.js';
import { SUM_PRESENT } from './sumScript.js';

const FAIL = script(`${SUM_PRESENT}
end_sum(args.sum)
write(sum_key(args.sum), {
  state = 'failed', failedMs = string.format('%.0f', args.nowMs), permanent = args.permanent and 1 or 0,
  errorCode = args.code, errorDetail = args.detail,
})
emit({ type = 'sum.failed', detail = rounds_of(cjson.decode(sum.sources)) .. ': ' .. args.detail })
return { 'ok', 'failed' }
`);

/**
 * Gives a sum up. 'stale' when this try is no longer wanted.
 * @param error a problem's code, and a sentence that says why
 * @param permanent whether trying again would fail again
 */
export async function failSum(
  ledger: Ledger,
  { federation, sum, attempt }: SumRef,
  error: { code: string; detail: string },
  permanent: boolean,
): Promise<'failed' | 'stale'> {
  const args = { sum, attempt, ...error, permanent };
  const [outcome] = await runScript(ledger, FAIL, federation, args);
  return outcome === 'failed' ? outcome : 'stale';
}
