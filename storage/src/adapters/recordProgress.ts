import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ATTEMPT_PRESENT } from '../ledger/scripts/existing.js';
import type { AttemptRef } from './refs.js';

const RECORD = script(`${ATTEMPT_PRESENT}
if adapter.state ~= 'aggregating' then return { 'ok', 'stale' } end
local new = 0
for _, module in ipairs(args.modules) do
  -- only the round's own: done must never exceed total
  if redis.call('HEXISTS', round_key(n, 'modules'), module) == 1 then
    new = new + redis.call('SADD', adapter_key(n, id, 'done'), module)
  end
end
if new > 0 then
  local done = redis.call('SCARD', adapter_key(n, id, 'done'))
  emit({ type = 'round.progress', round = n, adapter = id, done = done, total = tonumber(adapter.total) })
end
return { 'ok', 'recorded' }
`);

/** Notes that modules are done; noting one again changes nothing, so a part that runs twice does no harm. */
export async function recordProgress(
  ledger: Ledger,
  ref: AttemptRef,
  modules: readonly string[],
): Promise<'recorded' | 'stale'> {
  const { federation, ...args } = ref;
  const [outcome] = await runScript(ledger, RECORD, federation, { ...args, modules });
  return outcome === 'recorded' ? outcome : 'stale';
}
