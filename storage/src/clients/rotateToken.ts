import type { ClientWithToken } from '@florist/core/schemas/client';
import type { ClientTokenRotate } from '@florist/core/schemas/token';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import { clientFrom } from './clientFrom.js';
import { hashToken, newToken } from './clientToken.js';

/** Of the tokens before, only the very last may live on, and never longer than it would have. */
const ROTATE = script(`${FEDERATION_EXISTS}
local function after_seconds(seconds) return string.format('%.0f', args.nowMs + 1000 * seconds) end
local used = redis.call('HGET', base .. 'client-uses', args.client)
local known = redis.call('HGET', base .. 'client-records', args.client)
if not known then return refuse('client_not_found') end
local fields = cjson.decode(known)
if fields.tokenHash == args.tokenHash then return { 'ok', known, used } end
fields.previousHash, fields.previousMs = nil, nil
if args.overlapSeconds > 0 then
  local ends = after_seconds(args.overlapSeconds)
  if fields.expiresMs and tonumber(fields.expiresMs) < tonumber(ends) then ends = fields.expiresMs end
  fields.previousHash, fields.previousMs = fields.tokenHash, ends
end
fields.expiresMs = args.expiresInSeconds and after_seconds(args.expiresInSeconds)
fields.tokenHash = args.tokenHash
fields.tokenCreatedAt = args.now
local made = cjson.encode(fields)
redis.call('HSET', base .. 'client-records', args.client, made)
emit({ type = 'client.token-rotated', client = args.client })
return { 'ok', made, used }
`);

/**
 * Gives a client a new token; the one before is void at once, or after the overlap.
 * @throws Refusal federation_not_found, client_not_found
 */
export async function rotateToken(
  ledger: Ledger,
  federation: string,
  client: string,
  { expiresInSeconds, overlapSeconds = 0 }: ClientTokenRotate = {},
): Promise<ClientWithToken> {
  const token = newToken(federation, client);
  const tokenHash = hashToken(token).toString('hex');
  const args = { client, tokenHash, expiresInSeconds, overlapSeconds };
  const [json, usedMs] = await runScript(ledger, ROTATE, federation, args);
  return { ...clientFrom(federation, client, json, usedMs), token };
}
