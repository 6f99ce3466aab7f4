import { ROUND_STATES, type RoundState } from '@florist/core/schemas/round';
import { fieldsFrom } from '../ledger/fields.js';
import { NO_FEDERATION } from '../ledger/noFederation.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';

const COUNT = script(`
local counts = {}
for _, name in ipairs(redis.call('ZRANGE', global .. 'federations', 0, -1)) do
  local at = global .. '{' .. name .. '}:'
  local latest = redis.call('HGET', at .. 'federation', 'latest')
  local state = latest and redis.call('HGET', at .. 'round:' .. latest, 'state')
  if state then counts[state] = (counts[state] or 0) + 1 end
end
local flat = {}
for state, count in pairs(counts) do
  flat[#flat + 1] = state
  flat[#flat + 1] = tostring(count)
end
return { 'ok', flat }
`);

/** How many federations have their latest round in which state: two look-ups for each federation. */
export async function countLatestRounds(ledger: Ledger): Promise<[state: RoundState, count: number][]> {
  const [flat] = await runScript(ledger, COUNT, NO_FEDERATION);
  const counts = fieldsFrom(flat);
  return ROUND_STATES.map((state) => [state, Number(counts[state] ?? 0)]);
}
