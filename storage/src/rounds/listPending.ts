import type { AttemptRef } from '../adapters/refs.js';
import { listFrom } from '../ledger/fields.js';
import { NO_FEDERATION } from '../ledger/noFederation.js';
import type { Ledger } from '../ledger/openLedger.js';
import { type Reply, runScript, script } from '../ledger/runScript.js';
import { SETTLE } from './deadlineScript.js';

export interface Pending {
  /** Collecting rounds whose deadline has passed and demands that they close, fail or go on for longer. */
  closable: { federation: string; round: number }[];
  /** Published rounds whose choice of τ may be due: evidence came in, or the wait for it is over. */
  choosable: { federation: string; round: number }[];
  /** Federations whose next round is to open by itself now. */
  openings: string[];
  /** Adapters in state aggregating, with their present attempt. */
  aggregating: AttemptRef[];
}

const LIST = script(`${SETTLE}
local closable, choosable, aggregating = {}, {}, {}
local openings = redis.call('ZRANGEBYSCORE', global .. 'openings', '-inf', args.nowMs)
for _, member in ipairs(redis.call('ZRANGEBYSCORE', global .. 'deadlines', '-inf', args.nowMs)) do
  local federation, n = string.match(member, '^([^/]+)/(%d+)$')
  base = global .. '{' .. federation .. '}:'
  if verdict(n, record(round_key(n))) then closable[#closable + 1] = { federation, n } end
end
for _, member in ipairs(redis.call('ZRANGEBYSCORE', global .. 'choices', '-inf', args.nowMs)) do
  choosable[#choosable + 1] = { string.match(member, '^([^/]+)/(%d+)$') }
end
for _, member in ipairs(redis.call('SMEMBERS', global .. 'aggregating')) do
  local federation, n, id = string.match(member, '^([^/]+)/(%d+)/(%w+)$')
  local key = global .. '{' .. federation .. '}:round:' .. n .. ':adapter:' .. id
  aggregating[#aggregating + 1] = { federation, n, id, redis.call('HGET', key, 'attempt') }
end
return { 'ok', closable, choosable, aggregating, openings }
`);

/** What the sweep looks after, over all federations. */
export async function listPending(ledger: Ledger): Promise<Pending> {
  const [closable, choosable, aggregating, openings] = await runScript(ledger, LIST, NO_FEDERATION);
  return {
    openings: listFrom(openings).map(String),
    closable: listFrom(closable).map(roundRef),
    choosable: listFrom(choosable).map(roundRef),
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

function roundRef(item: Reply): { federation: string; round: number } {
  const [federation, round] = listFrom(item);
  return { federation: String(federation), round: Number(round) };
}
