import { script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import { STORE } from '../submissions/acceptScript.js';

/** Values handed to Redis in one call; even, since fields come with their values. */
const CHUNK = 1_000;

/**
 * Writes the keys of records. Until it is finished the federation is marked, and is in no list: whoever starts again
 * after a rebuild that broke off finds the mark and begins anew.
 */
export const LOAD = script(`
local known, rebuilding = unpack(redis.call('HMGET', federation_key, 'nonce', 'rebuilding'))
if known and not rebuilding then return refuse('federation_exists') end
redis.call('HSET', federation_key, 'rebuilding', 1)
local commands = { hash = 'HSET', set = 'SADD', zset = 'ZADD' }
for _, dumped in ipairs(args.keys) do
  local values = dumped.values
  if dumped.type == 'zset' then
    for i = 1, #values, 2 do values[i], values[i + 1] = values[i + 1], values[i] end
  end
  for i = 1, #values, ${CHUNK} do
    redis.call(commands[dumped.type], base .. dumped.name, unpack(values, i, math.min(#values, i + ${CHUNK} - 1)))
  end
end
return { 'ok' }
`);

/**
 * Lua: makes the numbers of attempts go on above every one that was ever used, also by work that the ledger has
 * forgotten, whose files a new attempt of the same number would take for its own. How often each adapter was tried
 * still follows from its number; what is under way is begun again.
 */
export const RENUMBER = `
local function renumber(latest, used)
  local first, most = unpack(redis.call('HMGET', federation_key, 'attemptBase', 'maxAttempt'))
  first, most = tonumber(first), math.max(tonumber(most), used)
  local highest = most
  for k = 1, latest do
    for i = 1, tonumber(redis.call('HGET', round_key(k), 'adapters') or 0) do
      local key = adapter_key(k, 'a' .. i)
      local state, attempt = unpack(redis.call('HMGET', key, 'state', 'attempt'))
      if state and state ~= 'published' then
        local tries = tonumber(attempt) - first
        if state == 'aggregating' then
          tries = tries + 1
          redis.call('HSET', key, 'startedAt', args.now)
          redis.call('HDEL', key, 'weighed', 'weighedAttempt')
          redis.call('UNLINK', adapter_key(k, 'a' .. i, 'done'))
        end
        redis.call('HSET', key, 'attempt', most + tries)
        highest = math.max(highest, most + tries)
        outdate('round/' .. k)
      end
    end
  end
  redis.call('HSET', federation_key, 'attemptBase', most, 'maxAttempt', highest)
  outdate('federation')
end
`;

/**
 * Makes of loaded records and restored submissions a federation like any other: what follows from them is counted
 * anew, what is waited for is put in its lists, and rounds whose record says less than the others are ended.
 */
export const FINISH = script(`${FEDERATION_EXISTS}${STORE}${RENUMBER}
if not redis.call('HGET', federation_key, 'rebuilding') then return refuse('federation_exists') end
local latest, federation = args.latest, record(federation_key)
redis.call('HSET', federation_key, 'latest', latest)
local revision = tonumber(redis.call('GET', global .. 'revision') or '0')
if args.revision > revision then redis.call('SET', global .. 'revision', string.format('%.0f', args.revision)) end

local function lose(k, detail)
  write(round_key(k), { state = 'failed', failedAt = args.now, errorCode = 'round_lost', errorDetail = detail })
end

for _, k in ipairs(args.lost) do
  local fields = { openedAt = federation.createdAt, adapters = 0, invited = 0 }
  for _, policy in ipairs({ 'method', 'rank', 'dtype', 'missingModules', 'weighting', 'minSubmissions' }) do
    fields[policy] = federation[policy]
  end
  write(round_key(k), fields)
  lose(k, 'Its record could not be read when the ledger was rebuilt.')
end

renumber(latest, args.attempts)
for k = 1, latest do
  local round = record(round_key(k))
  if round.state == 'collecting' and k < latest then
    if fresh(k) >= tonumber(round.minSubmissions) then close_round(k, 'operator')
    else lose(k, 'It had ended, and its record does not say how, when the ledger was rebuilt.') end
    round = record(round_key(k))
  end
  if round.state == 'collecting' and not close_if_full(k, round) and round.deadlineMs then
    redis.call('ZADD', global .. 'deadlines', round.deadlineMs, args.federation .. '/' .. k)
  end
  if round.choice == 'open' and round.choiceDeadlineMs then
    redis.call('ZADD', global .. 'choices', args.nowMs, args.federation .. '/' .. k)
  end
  for i = 1, tonumber(round.adapters) do
    if redis.call('HGET', adapter_key(k, 'a' .. i), 'state') == 'aggregating' then
      redis.call('SADD', base .. 'aggregating', k .. '/a' .. i)
      redis.call('SADD', global .. 'aggregating', args.federation .. '/' .. k .. '/a' .. i)
    end
  end
end

local live = 0
for k = 1, latest + 1 do
  local state, adapters = unpack(redis.call('HMGET', round_key(k), 'state', 'adapters'))
  if state == 'published' then redis.call('HSET', federation_key, 'everPublished', 1) end
  if state ~= 'cancelled' and not (state == 'failed' and adapters == '0') then
    live = live + redis.call('HLEN', round_key(k, 'submissions'))
  end
end
redis.call('HSET', federation_key, 'liveSubmissions', live)
count_live(0)

local ended = latest == 0 or contains(args.ended, redis.call('HGET', round_key(latest), 'state'))
local due = redis.call('HGET', federation_key, 'nextRoundMs')
if not ended then unschedule_next() elseif due then schedule_next_at(tonumber(due)) end
for _, id in ipairs(redis.call('ZRANGE', base .. 'webhooks', 0, -1)) do
  if redis.call('EXISTS', base .. 'webhook:' .. id) == 1 then
    redis.call('SADD', global .. 'webhooks', args.federation .. '/' .. id)
  else
    redis.call('ZREM', base .. 'webhooks', id)
  end
end

local attempts = tonumber(redis.call('GET', global .. 'attempts') or '0')
if args.attempts > attempts then redis.call('SET', global .. 'attempts', args.attempts) end
-- a gap, since the records say how many sums were tried but not which of them are newer than they are
redis.call('HINCRBY', federation_key, 'sumAttempts', args.sumAttempts)
for k = 1, latest do outdate('round/' .. k) end
outdate('federation')
redis.call('HDEL', federation_key, 'rebuilding')
redis.call('ZADD', global .. 'federations', 0, args.federation)
emit({ type = 'ledger.rebuilt' })
return { 'ok' }
`);
