/** Redis hands at most this many values to one call without trouble; Lua's stack holds about 8,000. */
const CHUNK = 1_000;

/**
 * Lua for records, which are hashes of text. JSON that JavaScript wrote is stored as it came and never written anew
 * here, since Lua's JSON writer rounds numbers and cannot tell an empty list from an object.
 */
export const RECORDS = `
local function round_key(number, part)
  return base .. 'round:' .. number .. (part and (':' .. part) or '')
end

local function adapter_key(n, id, part)
  return round_key(n, 'adapter:' .. id) .. (part and (':' .. part) or '')
end

local function record(key)
  local flat = redis.call('HGETALL', key)
  local fields = {}
  for i = 1, #flat, 2 do fields[flat[i]] = flat[i + 1] end
  return fields
end

local function write(key, fields)
  local flat = {}
  for field, value in pairs(fields) do
    flat[#flat + 1] = field
    flat[#flat + 1] = value
    if #flat >= ${CHUNK} then
      redis.call('HSET', key, unpack(flat))
      flat = {}
    end
  end
  if #flat > 0 then redis.call('HSET', key, unpack(flat)) end
end
`;
