/**
 * Events kept of each federation, about: a round of an 80-layer model with 7 modules a layer makes some 600,
 * so a viewer may be away for thirty such rounds and still miss nothing, at some 4 MB of memory.
 */
export const EVENTS_KEPT = 20_000;

/** Redis hands at most this many values to one call without trouble; Lua's stack holds about 8,000. */
const CHUNK = 1_000;

/**
 * What every script starts with: its arguments by name, the keys, the event log, and the few steps that more
 * than one transition takes. Records are hashes of text; JSON that JavaScript wrote is stored as it came and
 * never written anew here, since Lua's JSON writer rounds numbers and cannot tell an empty list from an object.
 */
export const PRELUDE = `
local base, global = KEYS[1], KEYS[2]
local args = cjson.decode(ARGV[1])
local federation_key = base .. 'federation'

-- the round in question; 'latest' until it is looked up
local n = args.round

local function refuse(code, ...)
  if type(n) == 'number' then return { 'refused', code, 'round', tostring(n), ... } end
  return { 'refused', code, ... }
end

local function contains(list, wanted)
  for _, item in ipairs(list) do
    if item == wanted then return true end
  end
  return false
end

local function round_key(number, part)
  return base .. 'round:' .. number .. (part and (':' .. part) or '')
end

local function adapter_key(n, id, part)
  return round_key(n, 'adapter:' .. id) .. (part and (':' .. part) or '')
end

local function record(key)
  local flat = redis.call('HGETALL', key)
  local fields = {}
  for i = 1, #flat, 2 do fields[flat[i]] = flat[i + 1] end
  return fields
end

local function write(key, fields)
  local flat = {}
  for field, value in pairs(fields) do
    flat[#flat + 1] = field
    flat[#flat + 1] = value
    if #flat >= ${CHUNK} then
      redis.call('HSET', key, unpack(flat))
      flat = {}
    end
  end
  if #flat > 0 then redis.call('HSET', key, unpack(flat)) end
end

-- appended in the same script as the change it tells of; the message wakes whoever follows the stream
local function emit(event)
  event.at = args.now
  local id = redis.call('XADD', base .. 'events', 'MAXLEN', '~', ${EVENTS_KEPT}, '*', 'data', cjson.encode(event))
  redis.call('PUBLISH', base .. 'events', id)
end

local function adapter_row(n, id)
  local current = redis.call('HGET', round_key(n), 'current') == id and 1 or 0
  return { id, redis.call('HGETALL', adapter_key(n, id)), redis.call('SCARD', adapter_key(n, id, 'done')), current }
end

local function round_row(n)
  local state, current = unpack(redis.call('HMGET', round_key(n), 'state', 'current'))
  local shown = current or (state == 'aggregating' and 'a1')
  local first = redis.call('EXISTS', adapter_key(n, 'a1')) == 1
  return {
    n,
    redis.call('HGETALL', round_key(n)),
    redis.call('HLEN', round_key(n, 'submissions')),
    shown and adapter_row(n, shown) or {},
    first and adapter_row(n, 'a1') or {},
  }
end

-- no attempt number is ever used twice for a federation's name, even if it is deleted and made again
local function begin_attempt(n, id, attempt)
  local latest = tonumber(redis.call('HGET', federation_key, 'maxAttempt'))
  if attempt > latest then redis.call('HSET', federation_key, 'maxAttempt', attempt) end
  write(adapter_key(n, id), {
    state = 'aggregating',
    attempt = attempt,
    startedAt = args.now,
    total = redis.call('HLEN', round_key(n, 'modules')),
  })
  redis.call('SADD', base .. 'aggregating', n .. '/' .. id)
  redis.call('SADD', global .. 'aggregating', args.federation .. '/' .. n .. '/' .. id)
end

local function end_attempt(n, id)
  redis.call('SREM', base .. 'aggregating', n .. '/' .. id)
  redis.call('SREM', global .. 'aggregating', args.federation .. '/' .. n .. '/' .. id)
end

local function recipe(aggregation)
  return table.concat({ aggregation.method, aggregation.rank, aggregation.dtype, aggregation.missingModules }, ' ')
end

local function add_adapter(n, aggregation)
  local id = 'a' .. redis.call('HINCRBY', round_key(n), 'adapters', 1)
  write(adapter_key(n, id), {
    requestedAt = args.now,
    method = aggregation.method,
    rank = aggregation.rank,
    dtype = aggregation.dtype,
    missingModules = aggregation.missingModules,
  })
  redis.call('HSET', round_key(n, 'made'), recipe(aggregation), id)
  begin_attempt(n, id, tonumber(redis.call('HGET', federation_key, 'attemptBase')) + 1)
  return id
end

local function close_round(n, by)
  write(round_key(n), { state = args.close.to, closedAt = args.now, closedBy = by })
  redis.call('ZREM', global .. 'deadlines', args.federation .. '/' .. n)
  add_adapter(n, record(round_key(n)))
  emit({ type = 'round.closed', round = n, detail = by })
end

-- the set of modules of each distinct layout counts once, however many clients share it
local function use_layout(n, digest, layout)
  if redis.call('HINCRBY', round_key(n, 'layout-uses'), digest, 1) > 1 then return end
  redis.call('HSET', round_key(n, 'layouts'), digest, layout)
  for module in pairs(cjson.decode(layout)) do redis.call('HINCRBY', round_key(n, 'modules'), module, 1) end
end

local function drop_layout(n, digest)
  if redis.call('HINCRBY', round_key(n, 'layout-uses'), digest, -1) > 0 then return end
  local layout = cjson.decode(redis.call('HGET', round_key(n, 'layouts'), digest))
  for module in pairs(layout) do
    if redis.call('HINCRBY', round_key(n, 'modules'), module, -1) == 0 then
      redis.call('HDEL', round_key(n, 'modules'), module)
    end
  end
  redis.call('HDEL', round_key(n, 'layout-uses'), digest)
  redis.call('HDEL', round_key(n, 'layouts'), digest)
end

local function unpin()
  redis.call('UNLINK', base .. 'layout')
  redis.call('HDEL', federation_key, 'layoutDigest', 'fanInFanOut')
end

-- live submissions are those of rounds that were not cancelled: only they can still shape an adapter
local function count_live(change)
  local left = redis.call('HINCRBY', federation_key, 'liveSubmissions', change)
  if left == 0 and not redis.call('HGET', federation_key, 'everPublished') then unpin() end
end
`;
