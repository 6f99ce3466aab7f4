import { listFrom } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { type Reply, runScript, script } from '../ledger/runScript.js';
import type { DumpedKey, LedgerRecord, RecordedDocument } from './ledgerRecord.js';

/**
 * Copies a document's keys as they are, at one moment. Not among them: what receipts say better (the submissions of a
 * round and all that is counted from them), uploads under way, progress, deliveries and events.
 */
const SNAPSHOT = script(`
local incarnation, rebuilding = unpack(redis.call('HMGET', federation_key, 'nonce', 'rebuilding'))
if not incarnation or rebuilding then return { 'ok' } end
local keys = {}

local function dump(name)
  local key = base .. name
  local kind = redis.call('TYPE', key).ok
  if kind == 'hash' then keys[#keys + 1] = { name, kind, redis.call('HGETALL', key) }
  elseif kind == 'set' then keys[#keys + 1] = { name, kind, redis.call('SMEMBERS', key) }
  elseif kind == 'zset' then keys[#keys + 1] = { name, kind, redis.call('ZRANGE', key, 0, -1, 'WITHSCORES') } end
end

local document, id = string.match(args.document, '^(%a+)/?(.*)$')
if document == 'federation' then
  for _, name in ipairs({ 'federation', 'layout', 'last-rounds', 'webhooks' }) do dump(name) end
  for _, webhook in ipairs(redis.call('ZRANGE', base .. 'webhooks', 0, -1)) do dump('webhook:' .. webhook) end
elseif document == 'round' then
  local round = 'round:' .. id
  dump(round)
  for _, part in ipairs({ 'made', 'evaluations', 'metrics', 'invited', 'participants', 'seen', 'busy', 'late' }) do
    dump(round .. ':' .. part)
  end
  for i = 1, tonumber(redis.call('HGET', base .. round, 'adapters') or 0) do dump(round .. ':adapter:a' .. i) end
else
  local known = redis.call('HGET', base .. 'client-records', id)
  if known then
    keys = { { 'client-records', 'hash', { id, known } }, { 'clients', 'zset', { id, '0' } } }
  end
end
return { 'ok', incarnation, tonumber(redis.call('GET', global .. 'revision')), args.now, keys }
`);

/** A document as the ledger has it now; undefined where the federation is gone. */
export async function snapshot(
  ledger: Ledger,
  federation: string,
  document: RecordedDocument,
): Promise<LedgerRecord | undefined> {
  const [incarnation, revision, now, keys] = await runScript(ledger, SNAPSHOT, federation, { document });
  if (incarnation === undefined) return undefined;
  const dumped = listFrom(keys).map(dumpedKey);
  return {
    ...{ federation, document, incarnation: String(incarnation), revision: Number(revision) },
    ...{ recordedAt: String(now), gone: dumped.length === 0, keys: dumped },
  };
}

const TYPES = ['hash', 'set', 'zset'] as const;

function dumpedKey(row: Reply): DumpedKey {
  const [name, kind, values] = listFrom(row);
  const type = TYPES.find((known) => known === kind);
  if (type === undefined) throw new Error(`A key of the ledger cannot be a ${kind}.`);
  return { name: String(name), type, values: listFrom(values).map(String) };
}
