import { GONE_AFTER_SECONDS } from '@florist/core/schemas/participant';

/** Lua for rounds and adapters as they are read: what rounds/roundFrom.ts and its like take apart. */
export const ROWS = `
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
`;
