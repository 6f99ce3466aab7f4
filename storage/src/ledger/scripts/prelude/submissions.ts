/** Lua that counts what submissions bring and take along: layouts, bytes, and whether a layout is still fixed. */
export const SUBMISSIONS = `
-- the set of modules of each distinct layout counts once, however many clients share it
local function use_layout(n, digest, layout)
  if redis.call('HINCRBY', round_key(n, 'layout-uses'), digest, 1) > 1 then return end
  redis.call('HSET', round_key(n, 'layouts'), digest, layout)
  for module in pairs(cjson.decode(layout)) do redis.call('HINCRBY', round_key(n, 'modules'), module, 1) end
end

local function drop_layout(n, digest)
  if redis.call('HINCRBY', round_key(n, 'layout-uses'), digest, -1) > 0 then return end
  local layout = cjson.decode(redis.call('HGET', round_key(n, 'layouts'), digest))
  for module in pairs(layout) do
    if redis.call('HINCRBY', round_key(n, 'modules'), module, -1) == 0 then
      redis.call('HDEL', round_key(n, 'modules'), module)
    end
  end
  redis.call('HDEL', round_key(n, 'layout-uses'), digest)
  redis.call('HDEL', round_key(n, 'layouts'), digest)
end

-- bytes of submitted adapters whose files are kept, by client, and of all under a name that no client has
local function count_kept(client, bytes)
  for _, whose in ipairs({ client, '*' }) do
    redis.call('HINCRBY', base .. 'kept', whose, string.format('%.0f', bytes))
  end
end

local function unpin()
  redis.call('UNLINK', base .. 'layout')
  redis.call('HDEL', federation_key, 'layoutDigest', 'fanInFanOut')
end

-- live submissions are those of rounds that were not cancelled: only they can still shape an adapter
local function count_live(change)
  local left = redis.call('HINCRBY', federation_key, 'liveSubmissions', change)
  if left == 0 and not redis.call('HGET', federation_key, 'everPublished') then unpin() end
end
`;
