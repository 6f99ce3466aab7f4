import { WEIGHTING_DEFAULT } from '@florist/core/schemas/weighting';

/** What is written of the default is the same adapter as what says nothing. */
const DEFAULT_WEIGHTING = JSON.stringify(WEIGHTING_DEFAULT);

/** Lua that adds an adapter to a round, and begins and ends attempts to make one. */
export const ADAPTERS = `
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
`;
