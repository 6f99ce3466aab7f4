import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';

/** Each client has a bucket that holds a minute's requests and fills up again as time passes. */
const COUNT = script(`
local limit = tonumber(redis.call('HGET', federation_key, 'requestsPerMinute'))
if not limit then return { 'ok' } end
local left, at = string.match(redis.call('HGET', base .. 'requests', args.client) or '', '^(%S+) (%S+)$')
local per_ms = limit / 60000
local tokens = left and math.min(limit, tonumber(left) + math.max(0, args.nowMs - tonumber(at)) * per_ms) or limit
if tokens < 1 then
  return refuse('requests_too_many', 'limit', tostring(limit), 'retryAfter', tostring(math.ceil((1 - tokens) / per_ms / 1000)))
end
redis.call('HSET', base .. 'requests', args.client, string.format('%.6f %.0f', tokens - 1, args.nowMs))
return { 'ok' }
`);

/**
 * Counts a request of a client against its federation's quota, for all replicas in one place.
 * @throws Refusal too_many_requests, which says after how many seconds the next one has room
 */
export async function countRequest(ledger: Ledger, federation: string, client: string): Promise<void> {
  await runScript(ledger, COUNT, federation, { client });
}
