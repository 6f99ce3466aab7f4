import type { AttemptRef } from '../adapters/refs.js';
import { listFrom } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';

export interface Pending {
  /** Collecting rounds whose deadline has passed and that have enough submissions. */
  closable: { federation: string; round: number }[];
  /** Adapters in state aggregating, with their present attempt. */
  aggregating: AttemptRef[];
}

const LIST = script(`
local closable, aggregating = {}, {}
for _, member in ipairs(redis.call('ZRANGEBYSCORE', global .. 'deadlines', '-inf', args.nowMs)) do
  local federation, n = string.match(member, '^([^/]+)/(%d+)$')
  local key = global .. '{' .. federation .. '}:round:' .. n
  if redis.call('HLEN', key .. ':submissions') >= tonumber(redis.call('HGET', key, 'minSubmissions')) then
    closable[#closable + 1] = { federation, n }
  end
end
for _, member in ipairs(redis.call('SMEMBERS', global .. 'aggregating')) do
  local federation, n, id = string.match(member, '^([^/]+)/(%d+)/(%w+)$')
  local key = global .. '{' .. federation .. '}:round:' .. n .. ':adapter:' .. id
  aggregating[#aggregating + 1] = { federation, n, id, redis.call('HGET', key, 'attempt') }
end
return { 'ok', closable, aggregating }
`);

/** The list belongs to no federation; the script needs a name for its first key all the same. */
const NO_FEDERATION = 'none';

/** What the sweep looks after, over all federations. */
export async function listPending(ledger: Ledger): Promise<Pending> {
  const [closable, aggregating] = await runScript(ledger, LIST, NO_FEDERATION);
  return {
    closable: listFrom(closable).map((item) => {
      const [federation, round] = listFrom(item);
      return { federation: String(federation), round: Number(round) };
    }),
    aggregating: listFrom(aggregating).map((item) => {
      const [federation, round, adapter, attempt] = listFrom(item);
      return {
        federation: String(federation),
        round: Number(round),
        adapter: String(adapter),
        attempt: Number(attempt),
      };
    }),
  };
}
