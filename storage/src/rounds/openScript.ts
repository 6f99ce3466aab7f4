import { LIMITS_AGREE } from '../federations/federationChanges.js';
import { DRAW_COHORT } from './cohortScript.js';

/**
 * Lua: opens the next round under the federation's present policies, except for what `args.set` and `args.unset`
 * change, and returns its number; or nil and a refusal. Submissions that were late for earlier rounds may wait
 * under its number already.
 */
export const OPEN_ROUND = `${LIMITS_AGREE}${DRAW_COHORT}
local function invite(n, fields)
  if not fields.cohort or fields.cohort == 'all' then return nil end
  local cohort = cjson.decode(fields.cohort)
  fields.seed = cohort.seed and string.format('%.0f', cohort.seed) or args.drawnSeed
  local drawn = draw_cohort(cohort, fields.seed, n)
  if #drawn < tonumber(fields.minSubmissions) then
    return refuse('cohort_too_small', 'round', tostring(n), 'invited', tostring(#drawn), 'needed', fields.minSubmissions)
  end
  for _, client in ipairs(drawn) do redis.call('ZADD', round_key(n, 'invited'), 0, client) end
end

local function open_round()
  local federation = record(federation_key)
  local latest = tonumber(federation.latest)
  if latest > 0 then
    local state = redis.call('HGET', round_key(latest), 'state')
    if not contains(args.ended, state) then
      return nil, refuse('round_open', 'round', tostring(latest), 'state', state)
    end
  end
  for field, value in pairs(args.set) do federation[field] = value end
  for _, field in ipairs(args.unset) do federation[field] = nil end
  local contradiction = limits_contradict(federation)
  if contradiction then return nil, contradiction end
  local n = latest + 1
  local fields = { state = 'collecting', openedAt = args.now, adapters = 0 }
  local policies = { 'baseModel', 'method', 'rank', 'dtype', 'missingModules',
    'weighting', 'candidates', 'candidateRanks', 'minSubmissions', 'maxSubmissions', 'deadlineSeconds' }
  for _, policy in ipairs(policies) do fields[policy] = federation[policy] end
  local lifecycle = { 'graceSeconds', 'onDeadline', 'extendSeconds', 'quorum', 'late', 'stalenessWeight', 'cohort' }
  for _, policy in ipairs(lifecycle) do fields[policy] = federation[policy] end
  local too_small = invite(n, fields)
  if too_small then return nil, too_small end
  if fields.deadlineSeconds then
    fields.deadlineMs = string.format('%.0f', args.nowMs + 1000 * tonumber(fields.deadlineSeconds))
    redis.call('ZADD', global .. 'deadlines', fields.deadlineMs, args.federation .. '/' .. n)
  end
  write(round_key(n), fields)
  redis.call('HSET', federation_key, 'latest', n)
  unschedule_next()
  emit({ type = 'round.opened', round = n })
  return n
end
`;
