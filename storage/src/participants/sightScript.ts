/**
 * Changes of state told of one client in one round: each is an event, and a program that starts over and over must
 * not push the rest of the history out.
 */
const STATES_TOLD_MAX = 20;

/**
 * Lua: notes that a client was heard from. One that has submitted is no longer waited for, whatever it still
 * reports.
 */
export const SIGHT = `
local function place(n, client, state, at)
  redis.call('ZADD', round_key(n, 'seen'), at, client)
  if state == 'ready' then
    redis.call('ZREM', round_key(n, 'busy'), client)
  else
    redis.call('ZADD', round_key(n, 'busy'), at, client)
  end
end

local function has_submitted(n, client)
  return redis.call('HEXISTS', round_key(n, 'submissions'), client) == 1
    and redis.call('SISMEMBER', round_key(n, 'carried'), client) == 0
end

local function sight(n, client, heard)
  redis.call('HSET', round_key(n, 'participants'), client, cjson.encode(heard))
  if not has_submitted(n, client) then place(n, client, heard.state, args.nowMs) end
end

-- only a change of what the client reports is an event
local function report(n, client, state, step, total)
  local stored = redis.call('HGET', round_key(n, 'participants'), client)
  local known = stored and cjson.decode(stored) or {}
  local heard = {
    state = state, seenMs = args.nowMs, step = step or known.step, total = total or known.total,
    told = known.told, times = known.times or 0,
  }
  if heard.told ~= state and heard.times < ${STATES_TOLD_MAX} then
    heard.told, heard.times = state, heard.times + 1
    emit({ type = 'client.progress', round = n, client = client, detail = state, done = heard.step, total = heard.total })
  end
  sight(n, client, heard)
end
`;
