/**
 * Lua for the choice among a round's candidates. `open_choice` asks for the candidates of a round that is being
 * published; `candidate_ended` starts the wait for evaluations once all of them are made or given up;
 * `close_choice` ends it. Members of `choices` are rounds whose wait is on, by the time when to look at them next.
 */
export const CHOICE = `
local function open_choice(n, round)
  if not round.candidates then return end
  local ids = {}
  for _, rank in ipairs(cjson.decode(round.candidateRanks)) do
    local aggregation = { method = 'florist', rank = rank, dtype = round.dtype,
      missingModules = round.missingModules, weighting = round.weighting }
    local id = redis.call('HGET', round_key(n, 'made'), recipe(aggregation))
    if not id then
      id = add_adapter(n, aggregation)
      emit({ type = 'adapter.requested', round = n, adapter = id })
    end
    ids[#ids + 1] = id
  end
  write(round_key(n), { choice = 'open', choiceCandidates = cjson.encode(ids) })
end

local function candidate_ended(n)
  local choice, ids, deadline, policy =
    unpack(redis.call('HMGET', round_key(n), 'choice', 'choiceCandidates', 'choiceDeadlineMs', 'candidates'))
  if choice ~= 'open' or deadline then return end
  policy = cjson.decode(policy)
  if policy.choose == 'hold' then return end
  for _, id in ipairs(cjson.decode(ids)) do
    if redis.call('HGET', adapter_key(n, id), 'state') == 'aggregating' then return end
  end
  local deadlineMs = string.format('%.0f', args.nowMs + 1000 * policy.waitSeconds)
  write(round_key(n), { choiceDeadlineMs = deadlineMs })
  redis.call('ZADD', global .. 'choices', args.nowMs, args.federation .. '/' .. n)
end

local function close_choice(n, state, id, reason)
  write(round_key(n), { choice = state, choiceReason = reason })
  if id then redis.call('HSET', round_key(n), 'chosen', id) end
  redis.call('ZREM', global .. 'choices', args.federation .. '/' .. n)
  emit({ type = state == 'chosen' and 'adapter.chosen' or 'choice.lapsed', round = n, adapter = id, detail = reason })
end
`;
