import { listFrom } from '../ledger/fields.js';
import { NO_FEDERATION } from '../ledger/noFederation.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import type { SumRef } from './refs.js';

const LIST = script(`
local found = {}
for i, member in ipairs(redis.call('SMEMBERS', global .. 'summing')) do
  local federation, sum = string.match(member, '^([^/]+)/(%x+)$')
  found[i] = { federation, sum, redis.call('HGET', global .. '{' .. federation .. '}:sum:' .. sum, 'attempt') }
end
return { 'ok', found }
`);

/** The sums being made, over all federations, for the sweep to look after. */
export async function listSumming(ledger: Ledger): Promise<SumRef[]> {
  const [found] = await runScript(ledger, LIST, NO_FEDERATION);
  return listFrom(found).map((item) => {
    const [federation, sum, attempt] = listFrom(item);
    return { federation: String(federation), sum: String(sum), attempt: Number(attempt) };
  });
}
