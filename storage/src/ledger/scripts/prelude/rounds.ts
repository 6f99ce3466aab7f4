import { TRANSITIONS } from '@florist/core/rounds/transition';

/** Lua that closes a round, and schedules the one after it. */
export const ROUNDS = `
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

-- at its maximum, or when everybody whom it has sampled has submitted
local function close_if_full(n, round)
  local count, maximum = fresh(n), tonumber(round.maxSubmissions)
  local all = round.seed and count >= invited_count(n, round) and count >= tonumber(round.minSubmissions)
  local full = maximum and (count >= maximum or all)
  if full then close_round(n, 'full') end
  return full
end
`;
