import { TRANSITIONS } from '@florist/core/rounds/transition';
import { QUORUM_DEFAULT } from '@florist/core/schemas/roundPolicy';

/**
 * Lua: what a round's deadline demands now, and doing it. Whatever depends on whether a round collects settles it
 * first, so the outcome is that of the deadline, not of who looked first, and doing it again changes nothing.
 */
export const SETTLE = `
local function verdict(n, round)
  local deadline = tonumber(round.deadlineMs)
  if round.state ~= 'collecting' or not deadline or args.nowMs < deadline then return nil end
  local grace = 1000 * tonumber(round.graceSeconds or 0)
  if args.nowMs < deadline + grace and heard_from(n, 'busy') > 0 then return nil end
  local count, policy = fresh(n), round.onDeadline or 'wait'
  if count >= tonumber(round.minSubmissions) then return 'close' end
  if policy == 'wait' then return nil end
  if policy == 'proceed' and count >= tonumber(round.quorum or ${QUORUM_DEFAULT}) then return 'close' end
  if policy == 'extend' and not round.extendedAt then return 'extend' end
  return 'fail'
end

local function extend_round(n, round)
  local seconds = tonumber(round.extendSeconds or round.deadlineSeconds)
  local deadline = args.nowMs + 1000 * seconds
  round.deadlineMs, round.extendedAt = string.format('%.0f', deadline), args.now
  write(round_key(n), { deadlineMs = round.deadlineMs, extendedAt = round.extendedAt })
  redis.call('ZADD', global .. 'deadlines', round.deadlineMs, args.federation .. '/' .. n)
  emit({ type = 'round.extended', round = n, detail = iso(deadline) })
end

-- nothing can come of it any more: without its first adapter there is nothing to retry
local function expire_round(n, round)
  local needed = round.onDeadline == 'proceed' and (round.quorum or '${QUORUM_DEFAULT}') or round.minSubmissions
  local detail = 'The deadline passed with ' .. fresh(n) .. ' of the ' .. needed .. ' submissions it needs.'
  round.state = '${TRANSITIONS.expire.to}'
  write(round_key(n), {
    state = round.state, failedAt = args.now, errorCode = 'round_too_few_submissions', errorDetail = detail,
  })
  end_collecting(n)
  count_live(0 - redis.call('HLEN', round_key(n, 'submissions')))
  emit({ type = 'round.failed', round = n, detail = detail })
  schedule_next(n)
end

local function settle(n, round)
  local demanded = verdict(n, round)
  if demanded == 'close' then
    close_round(n, 'deadline')
    round.state = '${TRANSITIONS.close.to}'
  elseif demanded == 'extend' then
    extend_round(n, round)
  elseif demanded == 'fail' then
    expire_round(n, round)
  end
  return demanded
end
`;
