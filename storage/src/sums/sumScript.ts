/** Sums of one federation that are kept ready: more than the rounds that its clients usually lag behind. */
export const SUMS_READY_MAX = 64;

/** Sums of one federation that may be made at a time. */
export const SUMS_MAKING_MAX = 32;

/** Sums that one client may have made at a time: it needs one, and could ask for as many τ as there are numbers. */
export const SUMS_MAKING_OF_CLIENT_MAX = 2;

/** Lua: the keys of sums, and what changes their state. */
export const SUMS = `
local function sum_key(sum)
  return base .. 'sum:' .. sum
end

local function end_sum(sum)
  redis.call('SREM', base .. 'summing', sum)
  redis.call('SREM', global .. 'summing', args.federation .. '/' .. sum)
end

local function forget_sum(sum)
  local attempt = redis.call('HGET', sum_key(sum), 'attempt')
  redis.call('UNLINK', sum_key(sum))
  redis.call('ZREM', base .. 'sums', sum)
  note_removal('sum/' .. sum .. '/' .. attempt)
end

local function rounds_of(sources)
  local first, last = sources[1].round, sources[#sources].round
  return first == last and 'round ' .. first or 'rounds ' .. first .. ' to ' .. last
end
`;

/** Lua for what a worker reports of a sum: one that is no longer being made is stale. Leaves `sum`. */
export const SUM_PRESENT = `${SUMS}
local sum = record(sum_key(args.sum))
if sum.state ~= 'making' or tonumber(sum.attempt) ~= args.attempt then return { 'ok', 'stale' } end
`;
