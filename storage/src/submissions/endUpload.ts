import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ROUND_EXISTS } from '../ledger/scripts/existing.js';
import { SIGHT } from '../participants/sightScript.js';

const END = script(`${ROUND_EXISTS}${SIGHT}
local client = args.client
local before, attempt = unpack(redis.call('HMGET', round_key(n, 'uploads'), client, client .. '/attempt'))
if not before or (attempt or '') ~= args.attempt then return { 'ok' } end
redis.call('HDEL', round_key(n, 'uploads'), client, client .. '/attempt')
redis.call('HDEL', round_key(n, 'upload-bytes'), client)
local stored = redis.call('HGET', round_key(n, 'participants'), client)
if not stored or cjson.decode(stored).state ~= 'uploading' then return { 'ok' } end
for _, part in ipairs({ 'seen', 'busy' }) do redis.call('ZREM', round_key(n, part), client) end
if before == '' then
  redis.call('HDEL', round_key(n, 'participants'), client)
else
  local known = cjson.decode(before)
  redis.call('HSET', round_key(n, 'participants'), client, before)
  -- nobody waits for one that was removed meanwhile
  local waited_for = redis.call('ZSCORE', base .. 'clients', client) and not has_submitted(n, client)
  if waited_for then place(n, client, known.state, known.seenMs) end
end
return { 'ok' }
`);

/**
 * Notes that an upload came to nothing: its client is again what it was before, so that no grace waits for it. Changes
 * nothing where the client has begun another since: who comes back over a bad line does so before the break is noticed.
 * @param attempt what beginUpload was told
 * @throws Refusal federation_not_found, round_not_found
 */
export async function endUpload(
  ledger: Ledger,
  federation: string,
  round: number,
  client: string,
  attempt = '',
): Promise<void> {
  await runScript(ledger, END, federation, { round, client, attempt });
}
