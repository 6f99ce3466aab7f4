import { script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import { SUMS } from '../sums/sumScript.js';

/**
 * Finds what the federation's policy no longer keeps and nothing uses: not what an adapter is being made of, not what
 * a sum is being made of. With `sizes` it also marks what is found and measured as deleted, so that from here on
 * nothing new can be made of it, notes it for removal, and tells of it.
 */
export const RETAIN = script(`${FEDERATION_EXISTS}${SUMS}
local policy = record(federation_key)
local keep_submissions, keep_adapters = tonumber(policy.submissionRounds), tonumber(policy.adapterRounds)

local used = {}
for _, sum in ipairs(redis.call('SMEMBERS', base .. 'summing')) do
  for _, source in ipairs(cjson.decode(redis.call('HGET', sum_key(sum), 'sources'))) do
    used[source.round .. '/' .. source.adapter] = true
  end
end

local found = {}
local freed = { bytes = args.uploadBytes, submissions = 0, adapters = 0, sums = 0, uploads = args.uploads }

local function offer(item, kind, count, mark)
  found[#found + 1] = { item, count }
  local bytes = args.sizes and args.sizes[item]
  if not bytes then return end
  mark()
  freed.bytes = freed.bytes + bytes
  freed[kind] = freed[kind] + count
  note_removal(item)
end

local function is_busy(k, adapters)
  for i = 1, adapters do
    if redis.call('SISMEMBER', base .. 'aggregating', k .. '/a' .. i) == 1 then return true end
  end
  return false
end

local function offer_adapters(k, adapters)
  for i = 1, adapters do
    local id = 'a' .. i
    local adapter = record(adapter_key(k, id))
    if adapter.state == 'published' and not adapter.filesDeletedAt and not used[k .. '/' .. id] then
      offer('adapter/' .. k .. '/' .. id .. '/' .. adapter.attempt, 'adapters', 1, function()
        redis.call('HSET', adapter_key(k, id), 'filesDeletedAt', args.now)
        outdate('round/' .. k)
        -- while the submissions are there, it can be made anew
        redis.call('HDEL', round_key(k, 'made'), recipe(adapter))
      end)
    end
  end
end

local ended, published = 0, 0
for k = tonumber(policy.latest), 1, -1 do
  local state, adapters, deleted = unpack(redis.call('HMGET', round_key(k), 'state', 'adapters', 'submissionsDeletedAt'))
  local busy = is_busy(k, tonumber(adapters))
  if contains(args.ended, state) then
    ended = ended + 1
    local count = redis.call('HLEN', round_key(k, 'submissions'))
    if keep_submissions and ended > keep_submissions and not deleted and count > 0 and not busy then
      offer('submissions/' .. k, 'submissions', count, function()
        redis.call('HSET', round_key(k), 'submissionsDeletedAt', args.now)
        for _, stored in ipairs(redis.call('HVALS', round_key(k, 'submissions'))) do
          local receipt = cjson.decode(stored).receipt
          count_kept(receipt.client, -receipt.bytes)
        end
        outdate('round/' .. k)
      end)
    end
  end
  if state == 'published' then
    published = published + 1
    if keep_adapters and published > keep_adapters and not busy then offer_adapters(k, tonumber(adapters)) end
  end
end

for _, sum in ipairs(redis.call('ZRANGEBYSCORE', base .. 'sums', '-inf', string.format('%.0f', args.nowMs - args.sumIdleMs))) do
  if redis.call('SISMEMBER', base .. 'summing', sum) == 0 then
    local attempt = redis.call('HGET', sum_key(sum), 'attempt')
    offer('sum/' .. sum .. '/' .. attempt, 'sums', 1, function() forget_sum(sum) end)
  end
end

if args.sizes and freed.submissions + freed.adapters + freed.sums + freed.uploads > 0 then
  emit({ type = 'retention.applied', freed = freed })
end
return { 'ok', found }
`);
