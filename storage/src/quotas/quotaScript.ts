/**
 * Lua: the refusal of bytes that would pass a quota; nil when there is room. Counts what is kept and what unfinished
 * uploads were announced with, less the upload that is about to become the submission in question.
 */
export const QUOTAS = `
local function announced(ids)
  local bytes = 0
  for _, id in ipairs(redis.call('SMEMBERS', ids)) do
    local length, adapter = unpack(redis.call('HMGET', upload_key(id), 'length', 'adapter'))
    if length and not adapter and id ~= args.upload then bytes = bytes + tonumber(length) end
  end
  return bytes
end

local function over(whose, limit, ids, bytes)
  if not limit then return nil end
  local used = tonumber(redis.call('HGET', base .. 'kept', whose) or 0) + announced(ids)
  if used + bytes <= tonumber(limit) then return nil end
  return refuse('quota_exceeded', 'whose', whose, 'limit', limit, 'used', string.format('%.0f', used),
    'asked', string.format('%.0f', bytes))
end

local function over_quota(client, bytes)
  if bytes <= 0 then return nil end
  local of_one, of_all = unpack(redis.call('HMGET', federation_key, 'bytesPerClient', 'bytesPerFederation'))
  return over(client, of_one, of_client(client), bytes) or over('*', of_all, base .. 'uploads', bytes)
end
`;
