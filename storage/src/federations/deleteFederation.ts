import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import { SUMS } from '../sums/sumScript.js';
import { UPLOADS } from '../uploads/uploadScript.js';
import { type DeletedWork, deletedWork } from './deletedWork.js';

/** The index of attempts in use outlives the federation: see AttemptRef. */
const DELETE = script(`${FEDERATION_EXISTS}${SUMS}${UPLOADS}
local busy = redis.call('SMEMBERS', base .. 'aggregating')
if #busy > 0 then
  local named = {}
  for i, member in ipairs(busy) do
    local n, id = string.match(member, '^(%d+)/(%w+)$')
    named[i] = 'adapter ' .. id .. ' of round ' .. n
  end
  return refuse('federation_busy', 'busy', table.concat(named, ', '))
end
local attempts, latest, attempt_base, incarnation =
  unpack(redis.call('HMGET', federation_key, 'maxAttempt', 'latest', 'attemptBase', 'nonce'))
if tonumber(attempts) > tonumber(redis.call('GET', global .. 'attempts') or '0') then
  redis.call('SET', global .. 'attempts', attempts)
end
local made, sums = {}, {}
-- late submissions may wait for a round that has not opened yet
for n = 1, tonumber(latest) + 1 do
  local adapters = tonumber(redis.call('HGET', round_key(n), 'adapters') or 0)
  for i = 1, adapters do
    made[#made + 1] = { n, 'a' .. i, attempt_base + 1, redis.call('HGET', adapter_key(n, 'a' .. i), 'attempt') }
    redis.call('UNLINK', adapter_key(n, 'a' .. i), adapter_key(n, 'a' .. i, 'done'))
  end
  redis.call('UNLINK', round_key(n), round_key(n, 'clients'), round_key(n, 'submissions'), round_key(n, 'layouts'),
    round_key(n, 'layout-uses'), round_key(n, 'modules'), round_key(n, 'made'),
    round_key(n, 'evaluations'), round_key(n, 'evaluations-told'), round_key(n, 'metrics'))
  redis.call('UNLINK', round_key(n, 'invited'), round_key(n, 'participants'), round_key(n, 'seen'), round_key(n, 'busy'),
    round_key(n, 'carried'), round_key(n, 'late'), round_key(n, 'uploads'), round_key(n, 'upload-bytes'))
  redis.call('ZREM', global .. 'deadlines', args.federation .. '/' .. n)
  redis.call('ZREM', global .. 'choices', args.federation .. '/' .. n)
end
unschedule_next()
for _, id in ipairs(redis.call('ZRANGE', base .. 'webhooks', 0, -1)) do
  redis.call('UNLINK', base .. 'webhook:' .. id, base .. 'webhook:' .. id .. ':deliveries')
  redis.call('SREM', global .. 'webhooks', args.federation .. '/' .. id)
end
-- sums are made for whoever asks; nobody is left to ask
for i, sum in ipairs(redis.call('ZRANGE', base .. 'sums', 0, -1)) do
  sums[i] = { sum, redis.call('HGET', sum_key(sum), 'attempt') }
  end_sum(sum)
  redis.call('UNLINK', sum_key(sum))
end
for _, id in ipairs(redis.call('SMEMBERS', base .. 'uploads')) do forget_upload(id) end
redis.call('UNLINK', base .. 'sums', base .. 'removals')
redis.call('SREM', global .. 'unrecorded', args.federation)
redis.call('UNLINK', federation_key, base .. 'unrecorded', base .. 'clients', base .. 'client-records', base .. 'layout',
  base .. 'events', base .. 'last-rounds', base .. 'client-uses', base .. 'webhooks',
  base .. 'kept', base .. 'requests')
redis.call('ZREM', global .. 'federations', args.federation)
note_removal('federation/' .. incarnation .. '/' .. next_revision())
redis.call('PUBLISH', base .. 'events', 'deleted')
return { 'ok', made, sums }
`);

/**
 * Removes a federation and all that the ledger knows of it; the caller removes its jobs, and its blobs by removeMarked.
 * @throws Refusal federation_not_found, federation_busy
 */
export async function deleteFederation(ledger: Ledger, federation: string): Promise<DeletedWork> {
  const [adapters, sums] = await runScript(ledger, DELETE, federation);
  return deletedWork(federation, adapters, sums);
}
