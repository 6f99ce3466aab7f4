import { ADAPTER_FILE } from '../blobs/keys.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';

/** How long after its last progress an unfinished upload is kept, in milliseconds: a night and a morning offline. */
export const UPLOAD_KEPT_MS = 24 * 3_600_000;

/** Unfinished uploads of one client; it needs one, and a few more where its program started over. */
export const UPLOADS_OPEN_MAX = 8;

/** Pieces of one upload: an adapter of the largest size in full ones, and some 15,000 interruptions. */
export const PIECES_MAX = 16_384;

/** Lua: the keys of uploads in pieces, and what changes their state. */
export const UPLOADS = `
local function upload_key(id, part)
  return base .. 'upload:' .. id .. (part and (':' .. part) or '')
end

local function of_client(client)
  return base .. 'uploads-of:' .. client
end

-- counted again whenever something comes: a slow line is no reason to lose what it has brought
local function keep_upload(id)
  local until_ms = string.format('%.0f', args.nowMs + ${UPLOAD_KEPT_MS})
  redis.call('HSET', upload_key(id), 'expiresMs', until_ms)
  redis.call('ZADD', global .. 'uploads', until_ms, args.federation .. '/' .. id)
end

-- its bytes are no longer wanted; what is left of it answers whoever repeats a submission
local function release_upload(id, client)
  redis.call('SREM', of_client(client), id)
  redis.call('UNLINK', upload_key(id, 'pieces'))
  note_removal('pieces/' .. id)
end

-- its bytes are those of a submission from here on, in the blob of that
local function submit_upload(id, blob)
  local client, adapter = unpack(redis.call('HMGET', upload_key(id), 'client', 'adapter'))
  if not client then return end
  if not adapter then release_upload(id, client) end
  redis.call('HSET', upload_key(id), 'adapter', blob .. '${ADAPTER_FILE}')
end

local function forget_upload(id)
  local client, adapter = unpack(redis.call('HMGET', upload_key(id), 'client', 'adapter'))
  if not client then return end
  if not adapter then release_upload(id, client) end
  redis.call('UNLINK', upload_key(id))
  redis.call('SREM', base .. 'uploads', id)
  redis.call('ZREM', global .. 'uploads', args.federation .. '/' .. id)
end
`;

/**
 * Lua: refuses unless the upload is there, has not expired and is the client's, where one is named. Leaves it in
 * `upload`.
 */
export const UPLOAD_EXISTS = `${FEDERATION_EXISTS}${UPLOADS}
local id = args.upload
local upload = record(upload_key(id))
if not upload.client or tonumber(upload.expiresMs) <= args.nowMs or (args.client and args.client ~= upload.client) then
  return refuse('upload_not_found')
end
`;
