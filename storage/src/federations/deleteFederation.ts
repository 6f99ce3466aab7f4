import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';

/** The index of attempts in use outlives the federation: see AttemptRef. */
const DELETE = script(`${FEDERATION_EXISTS}
local busy = redis.call('SMEMBERS', base .. 'aggregating')
if #busy > 0 then
  local named = {}
  for i, member in ipairs(busy) do
    local n, id = string.match(member, '^(%d+)/(%w+)$')
    named[i] = 'adapter ' .. id .. ' of round ' .. n
  end
  return refuse('federation_busy', 'busy', table.concat(named, ', '))
end
local attempts, latest = unpack(redis.call('HMGET', federation_key, 'maxAttempt', 'latest'))
if tonumber(attempts) > tonumber(redis.call('GET', global .. 'attempts') or '0') then
  redis.call('SET', global .. 'attempts', attempts)
end
for n = 1, tonumber(latest) do
  local adapters = tonumber(redis.call('HGET', round_key(n), 'adapters'))
  for i = 1, adapters do
    redis.call('UNLINK', adapter_key(n, 'a' .. i), adapter_key(n, 'a' .. i, 'done'))
  end
  redis.call('UNLINK', round_key(n), round_key(n, 'clients'), round_key(n, 'submissions'), round_key(n, 'layouts'),
    round_key(n, 'layout-uses'), round_key(n, 'modules'), round_key(n, 'made'))
  redis.call('ZREM', global .. 'deadlines', args.federation .. '/' .. n)
end
redis.call('UNLINK', federation_key, base .. 'clients', base .. 'client-records', base .. 'layout', base .. 'events')
redis.call('ZREM', global .. 'federations', args.federation)
redis.call('PUBLISH', base .. 'events', 'deleted')
return { 'ok' }
`);

/**
 * Removes a federation and all that the ledger knows of it; the caller removes its blobs.
 * @throws Refusal federation_not_found, federation_busy
 */
export async function deleteFederation(ledger: Ledger, federation: string): Promise<void> {
  await runScript(ledger, DELETE, federation);
}
