import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';

const REMOVE = script(`${FEDERATION_EXISTS}
if redis.call('HDEL', base .. 'client-records', args.client) == 0 then return refuse('client_not_found') end
redis.call('ZREM', base .. 'clients', args.client)
redis.call('HDEL', base .. 'last-rounds', args.client)
redis.call('HDEL', base .. 'client-uses', args.client)
local latest = redis.call('HGET', federation_key, 'latest')
if redis.call('HGET', round_key(latest), 'state') == 'collecting' then
  for _, part in ipairs({ 'invited', 'seen', 'busy' }) do redis.call('ZREM', round_key(latest, part), args.client) end
end
emit({ type = 'client.removed', client = args.client })
return { 'ok' }
`);

/**
 * Removes a client; its token is void at once. What it has submitted stays in its rounds.
 * @throws Refusal federation_not_found, client_not_found
 */
export async function removeClient(ledger: Ledger, federation: string, client: string): Promise<void> {
  await runScript(ledger, REMOVE, federation, { client });
}
