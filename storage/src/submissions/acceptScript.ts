import { LATE_ROUNDS_MAX, STALENESS_WEIGHT_DEFAULT } from '@florist/core/schemas/roundPolicy';
import { script } from '../ledger/runScript.js';
import { ROUND_EXISTS } from '../ledger/scripts/existing.js';
import { QUOTAS } from '../quotas/quotaScript.js';
import { SETTLE } from '../rounds/deadlineScript.js';
import { UPLOADS } from '../uploads/uploadScript.js';

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
 * Lua: where a submission that came too late counts: in the round that collects now, or else the next one, under
 * whose number it waits. A client is late once for a round: what it sends again belongs where the first went.
 */
const LATE = `
local function late_target(round, client)
  local latest = tonumber(redis.call('HGET', federation_key, 'latest'))
  local newest = latest == n and round or record(round_key(latest))
  if latest ~= n then settle(latest, newest) end
  local open = newest.state == 'collecting' and latest or latest + 1
  local target = tonumber(redis.call('HGET', round_key(n, 'late'), client)) or open
  return target, target >= open and target - n <= ${LATE_ROUNDS_MAX}
end
`;

/** Lua: puts the offered submission in place of \`old\`, which may be nil, in round \`at\`; and what it then leads to. */
export const STORE = `${LAYOUT_FITS}${PIN}
-- spliced in as text, since Lua's JSON writer rounds numbers
local function stamped(at, weight)
  local carried = weight and string.format(',"carried":{"fromRound":%d,"roundsLate":%d,"weight":%.17g}', n, at - n, weight)
  return string.format('{"revision":%d,"receipt":{"round":%d,"acceptedAt":"%s"%s,', next_revision(), at, args.now, carried or '') ..
    string.sub(args.record, #'{"receipt":{' + 1)
end

-- the round it was trained for, which says what the client has merged
local function note_part(client)
  local last = tonumber(redis.call('HGET', base .. 'last-rounds', client) or 0)
  if n > last then redis.call('HSET', base .. 'last-rounds', client, n) end
end

local function store(at, client, old, text, rules)
  local live, ever = unpack(redis.call('HMGET', federation_key, 'liveSubmissions', 'everPublished'))
  if old and live == '1' and not ever then unpin() end
  local pinned_digest, orientation = unpack(redis.call('HMGET', federation_key, 'layoutDigest', 'fanInFanOut'))
  if orientation and orientation ~= args.fanInFanOut then
    return refuse('orientation_mismatch', 'expected', orientation, 'given', args.fanInFanOut)
  end
  local misfit = pinned_digest and layout_misfit(rules, pinned_digest)
  if misfit then return misfit end
  pin(pinned_digest)
  if old then
    drop_layout(at, old.layoutDigest)
    note_removal('upload/' .. old.blob)
  end
  use_layout(at, args.layoutDigest, args.layout)
  redis.call('HSET', round_key(at, 'submissions'), client, text)
  redis.call('ZADD', round_key(at, 'clients'), 0, client)
  note_part(client)
  count_kept(client, args.bytes - (old and old.receipt.bytes or 0))
  if not old then count_live(1) end
end
`;

/** Lua: what accepting answers with; at its end the documents that a receipt rests on and whose records are out of date. */
const ANSWER = `
local function unrecorded(client)
  local found = {}
  for _, document in ipairs(redis.call('ZRANGE', base .. 'unrecorded', 0, -1)) do
    local of = string.match(document, '^client/(.+)$')
    if not of or of == client then found[#found + 1] = document end
  end
  return found
end

local function answer(outcome, client, text, replaced, full)
  local incarnation = redis.call('HGET', federation_key, 'nonce')
  return { 'ok', outcome, text, replaced or '', full and 1 or 0, incarnation, unrecorded(client) }
end
`;

/**
 * The whole of accepting a submission: is it the same again, does the round collect, or else does it keep what
 * comes late, does it fit, then write, tell, and close the round if it is full. A command that is sent again after
 * a lost connection finds its own folder in the record, and must not be told "the same again": the caller would
 * then remove that folder.
 */
export const ACCEPT = script(`${ROUND_EXISTS}${SETTLE}${UPLOADS}${QUOTAS}${STORE}${LATE}${ANSWER}
local client = args.client
if not redis.call('ZSCORE', base .. 'clients', client) then return refuse('client_not_found') end
settle(n, round)

local function standing(at)
  local stored = redis.call('HGET', round_key(at, 'submissions'), client)
  return stored, stored and cjson.decode(stored), redis.call('SISMEMBER', round_key(at, 'carried'), client) == 1
end

-- the adapter came as an upload in pieces, and lies in that blob now
local function settle_upload(blob)
  if args.upload then submit_upload(args.upload, blob) end
end

local function same_again(stored, old)
  settle_upload(old.blob)
  return answer('same', client, stored)
end

-- under the quotas, of which no submission is held that comes back as its receipt says
local function take(at, old, text)
  local excess = over_quota(client, args.bytes - (old and old.receipt.bytes or 0))
  return excess or store(at, client, old, text, round)
end

local function end_upload()
  redis.call('HDEL', round_key(n, 'uploads'), client, client .. '/attempt')
  redis.call('HDEL', round_key(n, 'upload-bytes'), client)
end

local function accept_late()
  if round.late ~= 'carry' or round.state == 'cancelled' then
    return refuse('round_not_collecting', 'state', round.state)
  end
  local target, open = late_target(round, client)
  local stored, old, carried = standing(target)
  local mine = carried and old.receipt.carried.fromRound == n
  if mine and old.blob == args.blob then return answer('carried', client, stored) end
  if mine and old.contentDigest == args.contentDigest then return same_again(stored, old) end
  if not open then return refuse('round_not_collecting', 'state', round.state) end
  if old and (not carried or old.receipt.carried.fromRound > n) then
    return refuse('submission_superseded', 'later', tostring(target))
  end
  if mine and not args.replace then return refuse('submission_conflict') end
  local weight = tonumber(round.stalenessWeight or ${STALENESS_WEIGHT_DEFAULT}) ^ (target - n)
  local text = stamped(target, weight)
  local misfit = take(target, old, text)
  if misfit then return misfit end
  redis.call('SADD', round_key(target, 'carried'), client)
  redis.call('HSET', round_key(n, 'late'), client, target)
  end_upload()
  settle_upload(args.blob)
  emit({ type = old and 'submission.replaced' or 'submission.carried', round = target, client = client,
    detail = string.format('late for round %d: its examples count %g times', n, weight) })
  return answer('carried', client, text, old and old.blob)
end

local stored, old, carried = standing(n)
if old and old.blob == args.blob then
  return answer('accepted', client, stored, nil, round.state == 'aggregating')
end
if old and not carried and old.contentDigest == args.contentDigest then return same_again(stored, old) end
if round.seed and not redis.call('ZSCORE', round_key(n, 'invited'), client) then return refuse('client_not_invited') end
if old and not carried and round.state ~= 'collecting' then
  return refuse('round_not_collecting', 'state', round.state)
end
if round.state ~= 'collecting' then return accept_late() end
if old and not carried and not args.replace then return refuse('submission_conflict') end

local text = stamped(n)
local misfit = take(n, old, text)
if misfit then return misfit end
redis.call('SREM', round_key(n, 'carried'), client)
end_upload()
settle_upload(args.blob)
for _, part in ipairs({ 'seen', 'busy' }) do redis.call('ZREM', round_key(n, part), client) end
emit({ type = old and 'submission.replaced' or 'submission.accepted', round = n, client = client })

local full = close_if_full(n, round)
return answer(old and 'replaced' or 'accepted', client, text, old and old.blob, full)
`);
