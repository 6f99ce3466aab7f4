import { Refusal } from '@florist/core/errors/refusal';
import type { Client } from '@florist/core/schemas/client';
import { SLUG_PATTERN } from '@florist/core/schemas/common';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import { clientFrom } from './clientFrom.js';
import { hashToken, newToken } from './clientToken.js';

/** A command that is sent again after a lost connection finds its own hash, so the token is not lost with it. */
const REGISTER = script(`${FEDERATION_EXISTS}
local known = redis.call('HGET', base .. 'client-records', args.client)
if known then
  local used = redis.call('HGET', base .. 'client-uses', args.client)
  return { 'ok', cjson.decode(known).tokenHash == args.tokenHash and 'new' or 'known', known, used }
end
local made = cjson.encode({ registeredAt = args.now, tokenCreatedAt = args.now, tokenHash = args.tokenHash })
redis.call('HSET', base .. 'client-records', args.client, made)
redis.call('ZADD', base .. 'clients', 0, args.client)
emit({ type = 'client.registered', client = args.client })
return { 'ok', 'new', made }
`);

/**
 * Registers a client, once: `token` is there only the first time, and cannot be had again.
 * @throws Refusal federation_not_found, request_invalid
 */
export async function registerClient(
  ledger: Ledger,
  federation: string,
  client: string,
): Promise<{ client: Client; token?: string }> {
  if (!new RegExp(SLUG_PATTERN).test(client)) {
    throw new Refusal('request_invalid', `A client's id must match ${SLUG_PATTERN}.`, [
      { field: 'client', detail: `Must match ${SLUG_PATTERN}.` },
    ]);
  }
  const token = newToken(federation, client);
  const tokenHash = hashToken(token).toString('hex');
  const [outcome, json, usedMs] = await runScript(ledger, REGISTER, federation, { client, tokenHash });
  const registered = clientFrom(federation, client, json, usedMs);
  return outcome === 'new' ? { client: registered, token } : { client: registered };
}
