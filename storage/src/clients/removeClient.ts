import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import { SIGHT } from '../participants/sightScript.js';
import { UPLOADS } from '../uploads/uploadScript.js';

const REMOVE = script(`${FEDERATION_EXISTS}${SIGHT}${UPLOADS}
if redis.call('HDEL', base .. 'client-records', args.client) == 0 then return refuse('client_not_found') end
redis.call('ZREM', base .. 'clients', args.client)
for _, part in ipairs({ 'last-rounds', 'client-uses', 'requests' }) do redis.call('HDEL', base .. part, args.client) end
for _, id in ipairs(redis.call('SMEMBERS', of_client(args.client))) do forget_upload(id) end
emit({ type = 'client.removed', client = args.client })
local latest = tonumber(redis.call('HGET', federation_key, 'latest'))
local round = record(round_key(latest))
if round.state ~= 'collecting' then return { 'ok', 0 } end
for _, part in ipairs({ 'seen', 'busy' }) do redis.call('ZREM', round_key(latest, part), args.client) end
-- whose submission counts stays among the invited: the round waits for as many submissions as it has invited
if not has_submitted(latest, args.client) then redis.call('ZREM', round_key(latest, 'invited'), args.client) end
return { 'ok', close_if_full(latest, round) and latest or 0 }
`);

/**
 * Removes a client; its token is void at once, and its unfinished uploads end. What it has submitted stays in its
 * rounds. Resolves to the number of the round that had waited for this client alone and is now closed, whose a1
 * enqueueAggregation then queues.
 * @throws Refusal federation_not_found, client_not_found
 */
export async function removeClient(
  ledger: Ledger,
  federation: string,
  client: string,
): Promise<number | undefined> {
  const [closed] = await runScript(ledger, REMOVE, federation, { client });
  return Number(closed) || undefined;
}
