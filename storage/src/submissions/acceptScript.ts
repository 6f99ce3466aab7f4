import { script } from '../ledger/runScript.js';
import { ROUND_EXISTS } from '../ledger/scripts/existing.js';

/** Modules that a refusal names; more would bury the reader, and the counts tell how many there are. */
const MISMATCHES_SHOWN = 20;

/** Lua: how the offered layout differs from the one that the federation has pinned; nil when it fits. */
const LAYOUT_FITS = `
local function shown(list)
  local few = {}
  for i = 1, math.min(#list, ${MISMATCHES_SHOWN}) do few[i] = list[i] end
  return cjson.encode(few)
end

local function layout_misfit(round, pinned_digest)
  if args.layoutDigest == pinned_digest then return nil end
  local offered, known = cjson.decode(args.layout), record(base .. 'layout')
  local wrong, extra, absent = {}, {}, {}
  for module, shape in pairs(offered) do
    if not known[module] then extra[#extra + 1] = module
    elseif known[module] ~= shape then wrong[#wrong + 1] = { module, known[module], shape } end
  end
  if #wrong > 0 then
    table.sort(wrong, function(a, b) return a[1] < b[1] end)
    return refuse('shape_mismatch', 'wrong', shown(wrong), 'wrongCount', tostring(#wrong))
  end
  if round.missingModules ~= 'reject' then return nil end
  for module in pairs(known) do
    if not offered[module] then absent[#absent + 1] = module end
  end
  if #absent + #extra == 0 then return nil end
  table.sort(absent)
  table.sort(extra)
  local found = { 'absentCount', tostring(#absent), 'extraCount', tostring(#extra) }
  if #absent > 0 then found[5], found[6] = 'absent', shown(absent) end
  if #extra > 0 then found[#found + 1], found[#found + 2] = 'extra', shown(extra) end
  return refuse('modules_mismatch', unpack(found))
end
`;

/** Lua: pins the layout, or adds to the pinned one the modules that it lacks. */
const PIN = `
local function pin(pinned_digest)
  if args.layoutDigest == pinned_digest then return end
  write(base .. 'layout', cjson.decode(args.layout))
  -- a layout that has grown is no longer the layout of any one submission
  redis.call('HSET', federation_key, 'layoutDigest', pinned_digest and 'grown' or args.layoutDigest,
    'fanInFanOut', args.fanInFanOut)
end
`;

/**
 * The whole of accepting a submission: is it the same again, does the round collect, does it fit, then write,
 * tell, and close the round if it is full. A command that is sent again after a lost connection finds its own
 * folder in the record, and must not be told "the same again": the caller would then remove that folder.
 */
export const ACCEPT = script(`${ROUND_EXISTS}${LAYOUT_FITS}${PIN}
local client = args.client
if not redis.call('ZSCORE', base .. 'clients', client) then return refuse('client_not_found') end
local stored = redis.call('HGET', round_key(n, 'submissions'), client)
local old = stored and cjson.decode(stored)
if old and old.blob == args.blob then
  return { 'ok', 'accepted', stored, '', round.state == 'aggregating' and 1 or 0 }
end
if old and old.contentDigest == args.contentDigest then return { 'ok', 'same', stored, '', 0 } end
if round.state ~= 'collecting' then return refuse('round_not_collecting', 'state', round.state) end
if old and not args.replace then return refuse('submission_conflict') end

local live, ever = unpack(redis.call('HMGET', federation_key, 'liveSubmissions', 'everPublished'))
if old and live == '1' and not ever then unpin() end
local pinned_digest, orientation = unpack(redis.call('HMGET', federation_key, 'layoutDigest', 'fanInFanOut'))
if orientation and orientation ~= args.fanInFanOut then
  return refuse('orientation_mismatch', 'expected', orientation, 'given', args.fanInFanOut)
end
if pinned_digest then
  local misfit = layout_misfit(round, pinned_digest)
  if misfit then return misfit end
end

pin(pinned_digest)
if old then drop_layout(n, old.layoutDigest) end
use_layout(n, args.layoutDigest, args.layout)
redis.call('HSET', round_key(n, 'submissions'), client, args.record)
redis.call('ZADD', round_key(n, 'clients'), 0, client)
if not old then count_live(1) end
emit({ type = old and 'submission.replaced' or 'submission.accepted', round = n, client = client })

local maximum = tonumber(round.maxSubmissions)
local full = maximum and redis.call('HLEN', round_key(n, 'submissions')) >= maximum
if full then close_round(n, 'full') end
return { 'ok', old and 'replaced' or 'accepted', args.record, old and old.blob or '', full and 1 or 0 }
`);
