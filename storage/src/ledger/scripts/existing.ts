/** Lua that refuses unless the federation exists. */
export const FEDERATION_EXISTS = `
if redis.call('EXISTS', federation_key) == 0 then return refuse('federation_not_found') end
`;

/** Lua that refuses unless the round exists, leaves its number in `n` and its fields in `round`. */
export const ROUND_EXISTS = `${FEDERATION_EXISTS}
if n == 'latest' then
  n = tonumber(redis.call('HGET', federation_key, 'latest'))
  if n == 0 then return refuse('no_round_yet') end
end
local round = record(round_key(n))
if not round.state then return refuse('round_not_found') end
`;

/** Lua that refuses unless the adapter exists, and leaves its id in `id` and its fields in `adapter`. */
export const ADAPTER_EXISTS = `${ROUND_EXISTS}
local id = args.adapter
local adapter = record(adapter_key(n, id))
if not adapter.state then return refuse('adapter_not_found') end
`;

/**
 * Lua for what a worker reports: anything about a federation, round, adapter or attempt that is no longer
 * the present one is stale, not an error. Leaves `id`, `round` and `adapter`.
 */
export const ATTEMPT_PRESENT = `
local id = args.adapter
local round, adapter = record(round_key(n)), record(adapter_key(n, id))
if tonumber(adapter.attempt) ~= args.attempt then return { 'ok', 'stale' } end
`;
