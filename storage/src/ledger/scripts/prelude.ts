import { TRANSITIONS } from '@florist/core/rounds/transition';
import { GONE_AFTER_SECONDS } from '@florist/core/schemas/participant';
import { WEIGHTING_DEFAULT } from '@florist/core/schemas/weighting';

/**
 * Events kept of each federation, about: a round of an 80-layer model with 7 modules a layer makes some 600,
 * so a viewer may be away for thirty such rounds and still miss nothing, at some 4 MB of memory.
 */
export const EVENTS_KEPT = 20_000;

/** What is written of the default is the same adapter as what says nothing. */
const DEFAULT_WEIGHTING = JSON.stringify(WEIGHTING_DEFAULT);

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

-- Howard Hinnant's civil_from_days; Redis's Lua has no dates
local function iso(ms)
  local days = math.floor(ms / 86400000)
  local z = days + 719468
  local era = math.floor(z / 146097)
  local of_era = z - era * 146097
  local year = math.floor((of_era - math.floor(of_era / 1460) + math.floor(of_era / 36524)
    - math.floor(of_era / 146096)) / 365)
  local of_year = of_era - (365 * year + math.floor(year / 4) - math.floor(year / 100))
  local shifted = math.floor((5 * of_year + 2) / 153)
  local day = of_year - math.floor((153 * shifted + 2) / 5) + 1
  local month = shifted < 10 and shifted + 3 or shifted - 9
  local rest = ms - days * 86400000
  return string.format('%04d-%02d-%02dT%02d:%02d:%02d.%03dZ', year + era * 400 + (month <= 2 and 1 or 0), month, day,
    math.floor(rest / 3600000), math.floor(rest / 60000) % 60, math.floor(rest / 1000) % 60, rest % 1000)
end

-- Redis's own clock: processes whose clocks differ still agree on what is late
if not args.nowMs then
  local time = redis.call('TIME')
  args.nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
end
args.now = iso(args.nowMs)

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

-- grows over all federations and never repeats, not even for a name that is used again or after a rebuild
local function next_revision()
  return redis.call('INCR', global .. 'revision')
end

-- what the blobs say of this document is out of date from here on; see records/saveRecords.ts
local function outdate(document)
  redis.call('ZADD', base .. 'unrecorded', next_revision(), document)
  redis.call('SADD', global .. 'unrecorded', args.federation)
end

-- submissions have receipts of their own, sums can be made again, and how far something is need not outlive Redis
local function outdate_by(event)
  local subject, verb = string.match(event.type, '^(%a+)%.(.+)$')
  if subject == 'federation' or subject == 'webhook' then return outdate('federation') end
  if verb == 'progress' then return end
  if subject == 'client' then return outdate('client/' .. event.client) end
  if subject ~= 'round' and subject ~= 'adapter' and subject ~= 'choice' then return end
  if verb ~= 'not-opened' then outdate('round/' .. event.round) end
  if verb ~= 'evaluated' then outdate('federation') end
end

-- appended in the same script as the change it tells of; the message wakes whoever follows the stream
local function emit(event)
  event.at = args.now
  outdate_by(event)
  local id = redis.call('XADD', base .. 'events', 'MAXLEN', '~', ${EVENTS_KEPT}, '*', 'data', cjson.encode(event))
  redis.call('PUBLISH', base .. 'events', id)
end

-- what the ledger no longer wants is removed by the sweep, even if this process ends now; see retention/item.ts
local function note_removal(item)
  redis.call('SADD', base .. 'removals', item)
  redis.call('SADD', global .. 'removals', args.federation)
end

local function adapter_row(n, id)
  local current = redis.call('HGET', round_key(n), 'current') == id and 1 or 0
  return { id, redis.call('HGETALL', adapter_key(n, id)), redis.call('SCARD', adapter_key(n, id, 'done')), current }
end

-- those that count against the limits: carried ones do not
local function fresh(n)
  return redis.call('HLEN', round_key(n, 'submissions')) - redis.call('SCARD', round_key(n, 'carried'))
end

-- a round with a seed invites its sample, one without everybody, whose number is noted when it stops collecting
local function invited_count(n, round)
  if round.seed then return redis.call('ZCARD', round_key(n, 'invited')) end
  if round.state == 'collecting' then return redis.call('ZCARD', base .. 'clients') end
  return tonumber(round.invited)
end

-- of those who reported and have not submitted: in part 'seen' all, in 'busy' who train or upload
local function heard_from(n, part)
  return redis.call('ZCOUNT', round_key(n, part), args.nowMs - ${GONE_AFTER_SECONDS * 1000}, '+inf')
end

local function participation(n)
  local round = record(round_key(n))
  local seen, busy = heard_from(n, 'seen'), heard_from(n, 'busy')
  return {
    string.format('%.0f', args.nowMs),
    invited_count(n, round) or false,
    redis.call('SCARD', round_key(n, 'carried')),
    busy,
    seen - busy,
    redis.call('ZCARD', round_key(n, 'seen')) - seen,
  }
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
    participation(n),
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
  local parts = { aggregation.method, aggregation.rank, aggregation.dtype, aggregation.missingModules }
  local weighting = aggregation.weighting
  if weighting and weighting ~= '${DEFAULT_WEIGHTING}' then parts[5] = weighting end
  return table.concat(parts, ' ')
end

local function add_adapter(n, aggregation)
  local id = 'a' .. redis.call('HINCRBY', round_key(n), 'adapters', 1)
  write(adapter_key(n, id), {
    requestedAt = args.now,
    method = aggregation.method,
    rank = aggregation.rank,
    dtype = aggregation.dtype,
    missingModules = aggregation.missingModules,
    weighting = aggregation.weighting,
  })
  redis.call('HSET', round_key(n, 'made'), recipe(aggregation), id)
  begin_attempt(n, id, tonumber(redis.call('HGET', federation_key, 'attemptBase')) + 1)
  return id
end

local function unschedule_next()
  redis.call('HDEL', federation_key, 'nextRoundMs')
  redis.call('ZREM', global .. 'openings', args.federation)
end

local function schedule_next_at(ms)
  local due = string.format('%.0f', ms)
  redis.call('HSET', federation_key, 'nextRoundMs', due)
  redis.call('ZADD', global .. 'openings', due, args.federation)
end

-- after the end of round n, as the federation's policy wants it
local function schedule_next(n)
  local latest, policy = unpack(redis.call('HMGET', federation_key, 'latest', 'next'))
  if not policy or tonumber(latest) ~= n then return end
  policy = cjson.decode(policy)
  if policy.stopAfterRounds and n >= policy.stopAfterRounds then return end
  schedule_next_at(args.nowMs + 1000 * policy.delaySeconds)
end

local function end_collecting(n)
  redis.call('ZREM', global .. 'deadlines', args.federation .. '/' .. n)
  if redis.call('HEXISTS', round_key(n), 'seed') == 0 then
    redis.call('HSET', round_key(n), 'invited', redis.call('ZCARD', base .. 'clients'))
  end
end

local function close_round(n, by)
  write(round_key(n), { state = '${TRANSITIONS.close.to}', closedAt = args.now, closedBy = by })
  end_collecting(n)
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

-- bytes of submitted adapters whose files are kept, by client, and of all under a name that no client has
local function count_kept(client, bytes)
  for _, whose in ipairs({ client, '*' }) do
    redis.call('HINCRBY', base .. 'kept', whose, string.format('%.0f', bytes))
  end
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
