import type { Dtype } from '@florist/core/kernel/kernel';
import type { Adapter } from '@florist/core/schemas/adapter';
import { DtypeName } from '@florist/core/schemas/common';
import { adapterFrom } from '../adapters/adapterFrom.js';
import { adapterFolder, sumFolder } from '../blobs/keys.js';
import { type Fields, fieldsFrom, literal, need } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import type { SumRef } from './refs.js';
import { SUMS, SUMS_MAKING_MAX, SUMS_MAKING_OF_CLIENT_MAX, SUMS_READY_MAX } from './sumScript.js';

/** How long a fault is told to whoever asks before asking tries anew: its cause may be gone by then. */
const FAILURE_TOLD_MS = 60_000;

/** Lua: the published rounds after \`since\`, and those of them whose files are deleted. */
const SOURCES = `
local function sources_since()
  local latest = tonumber(redis.call('HGET', federation_key, 'latest'))
  local sources, gone = {}, {}
  for k = args.since + 1, math.min(latest, args.through or latest) do
    local state, id = unpack(redis.call('HMGET', round_key(k), 'state', 'current'))
    if state == 'published' then
      local attempt, result, deleted =
        unpack(redis.call('HMGET', adapter_key(k, id), 'attempt', 'result', 'filesDeletedAt'))
      if deleted then gone[#gone + 1] = k end
      sources[#sources + 1] =
        { round = k, adapter = id, attempt = tonumber(attempt), sha256 = cjson.decode(result).sha256 }
    end
  end
  return sources, gone, latest
end
`;

/** Lua: how many sums are being made that a client was the first to ask for. */
const MAKING_OF = `
local function making_of(client)
  local count = 0
  for _, sum in ipairs(redis.call('SMEMBERS', base .. 'summing')) do
    if redis.call('HGET', sum_key(sum), 'client') == client then count = count + 1 end
  end
  return count
end
`;

const REQUEST = script(`${FEDERATION_EXISTS}${SUMS}${SOURCES}${MAKING_OF}
local sources, gone, latest = sources_since()
if args.since > latest then
  n = args.since
  return refuse('round_not_found')
end
if #gone > 0 then
  return refuse('sources_gone', 'last', tostring(gone[#gone]), 'count', tostring(#gone))
end
if #sources == 0 then return { 'ok', 'none' } end
local only = #sources == 1 and args.asItIs and sources[1]
if only and (not args.dtype or args.dtype == redis.call('HGET', adapter_key(only.round, only.adapter), 'dtype')) then
  return { 'ok', 'single', only.round, adapter_row(only.round, only.adapter), only.attempt }
end

local made_of = { args.tau, args.dtype or 'F32' }
for _, source in ipairs(sources) do
  made_of[#made_of + 1] = table.concat({ source.round, source.adapter, source.attempt, source.sha256 }, '/')
end
local key = redis.sha1hex(table.concat(made_of, ' '))
local sum = record(sum_key(key))
local told = sum.state == 'failed'
  and (sum.permanent == '1' or tonumber(sum.failedMs) + ${FAILURE_TOLD_MS} > args.nowMs)
if not sum.state or (sum.state == 'failed' and not told) then
  if redis.call('SCARD', base .. 'summing') >= ${SUMS_MAKING_MAX} then return refuse('sums_busy') end
  if args.client and making_of(args.client) >= ${SUMS_MAKING_OF_CLIENT_MAX} then return refuse('sums_of_client_busy') end
  if sum.state then forget_sum(key) end
  local attempt = redis.call('HINCRBY', federation_key, 'sumAttempts', 1)
  write(sum_key(key), {
    state = 'making', attempt = attempt, sources = cjson.encode(sources), tau = args.tau, dtype = args.dtype or 'F32',
    requestedAt = args.now, client = args.client,
  })
  redis.call('SADD', base .. 'summing', key)
  redis.call('SADD', global .. 'summing', args.federation .. '/' .. key)
  emit({ type = 'sum.requested', detail = rounds_of(sources) })
end
redis.call('ZADD', base .. 'sums', string.format('%.0f', args.nowMs), key)
-- those that were asked for longest ago make room; the ones under way are counted apart
local over = redis.call('ZCARD', base .. 'sums') - redis.call('SCARD', base .. 'summing') - ${SUMS_READY_MAX}
for _, old in ipairs(redis.call('ZRANGE', base .. 'sums', 0, -1)) do
  if over <= 0 then break end
  if old ~= key and redis.call('SISMEMBER', base .. 'summing', old) == 0 then
    forget_sum(old)
    over = over - 1
  end
end
return { 'ok', 'sum', key, redis.call('HGETALL', sum_key(key)), #sources, sources[#sources].round }
`);

/** Which sum is asked for. */
export interface SumWish {
  federation: string;
  /** The last round whose adapter the client has; 0 for none. */
  since: number;
  /** The last round to add; the latest where left out. */
  through?: number | undefined;
  /** Share of the energy to keep, above 0 and at most 1. */
  tau: number;
  /** F32 where left out, unless a single round is served as it is. */
  dtype?: Dtype | undefined;
  /** Who asks, where it is a client. */
  client?: string | undefined;
}

export type SumAnswer =
  /** No published round after \`since\`. */
  | { outcome: 'none' }
  /** One round alone and all of it: its own adapter is the sum. */
  | { outcome: 'single'; through: number; adapter: Adapter; folder: string }
  | { outcome: 'making'; through: number; rounds: number; ref: SumRef; requestedAt: string; dtype: Dtype }
  | { outcome: 'ready'; through: number; folder: string; sha256: string; bytes: number }
  | { outcome: 'failed'; through: number; code: string; detail: string };

/**
 * The sum of the adapters that are current in the published rounds after one. The first to ask for it makes the
 * ledger want it made; enqueueSum then queues it.
 * @throws Refusal federation_not_found, round_not_found for a \`since\` that has not been, adapter_gone,
 * too_many_requests
 */
export async function requestSum(ledger: Ledger, wish: SumWish): Promise<SumAnswer> {
  const { federation, since, through, tau, dtype, client } = wish;
  const args = { since, through, tau: String(tau), asItIs: tau === 1, dtype, client };
  const [outcome, ...rest] = await runScript(ledger, REQUEST, federation, args);
  switch (outcome) {
    case 'none':
      return { outcome };
    case 'single': {
      const [round, row, attempt] = rest;
      const adapter = adapterFrom(row);
      const ref = { federation, round: Number(round), adapter: adapter.id, attempt: Number(attempt) };
      return { outcome, through: ref.round, adapter, folder: adapterFolder(ref) };
    }
    default: {
      const [key, flat, count, last] = rest;
      const fields = fieldsFrom(flat);
      const ref = { federation, sum: String(key), attempt: Number(need(fields, 'attempt')) };
      return answerFrom(fields, ref, { rounds: Number(count), through: Number(last) });
    }
  }
}

function answerFrom(fields: Fields, ref: SumRef, about: { rounds: number; through: number }): SumAnswer {
  const { rounds, through } = about;
  const state = need(fields, 'state');
  switch (state) {
    case 'making': {
      const dtype = literal(DtypeName, need(fields, 'dtype'));
      return { outcome: state, through, rounds, ref, requestedAt: need(fields, 'requestedAt'), dtype };
    }
    case 'ready': {
      const result: { sha256: string; bytes: number } = JSON.parse(need(fields, 'result'));
      return { outcome: state, through, folder: sumFolder(ref), ...result };
    }
    case 'failed': {
      const code = need(fields, 'errorCode');
      return { outcome: state, through, code, detail: need(fields, 'errorDetail') };
    }
    default:
      throw new Error(`A sum cannot be ${state}.`);
  }
}
