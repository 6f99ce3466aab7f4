/** Lua: the refusal of an adapter that is still being made, or could not be; nil for one that is published. */
export const UNPUBLISHED = `
local function unpublished(n, id)
  local state, why = unpack(redis.call('HMGET', adapter_key(n, id), 'state', 'errorDetail'))
  if state == 'failed' then return refuse('adapter_failed', 'adapter', id, 'why', why or '') end
  if state ~= 'published' then return refuse('adapter_pending', 'adapter', id, 'state', state) end
end
`;
