import type { ClientWithToken } from '@florist/core/schemas/client';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import { clientFrom } from './clientFrom.js';
import { hashToken, newToken } from './clientToken.js';

const ROTATE = script(`${FEDERATION_EXISTS}
local known = redis.call('HGET', base .. 'client-records', args.client)
if not known then return refuse('client_not_found') end
local fields = cjson.decode(known)
if fields.tokenHash == args.tokenHash then return { 'ok', known } end
fields.tokenHash = args.tokenHash
fields.tokenCreatedAt = args.now
local made = cjson.encode(fields)
redis.call('HSET', base .. 'client-records', args.client, made)
emit({ type = 'client.token-rotated', client = args.client })
return { 'ok', made }
`);

/**
 * Gives a client a new token; the one before is void at once.
 * @throws Refusal federation_not_found, client_not_found
 */
export async function rotateToken(
  ledger: Ledger,
  federation: string,
  client: string,
): Promise<ClientWithToken> {
  const token = newToken(federation, client);
  const tokenHash = hashToken(token).toString('hex');
  const [json] = await runScript(ledger, ROTATE, federation, { client, tokenHash });
  return { ...clientFrom(federation, client, json), token };
}
