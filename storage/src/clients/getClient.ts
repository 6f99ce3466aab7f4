import type { Client } from '@florist/core/schemas/client';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import { clientFrom } from './clientFrom.js';

const GET = script(`${FEDERATION_EXISTS}
local known = redis.call('HGET', base .. 'client-records', args.client)
if not known then return refuse('client_not_found') end
return { 'ok', known, redis.call('HGET', base .. 'client-uses', args.client) }
`);

/** @throws Refusal federation_not_found, client_not_found */
export async function getClient(ledger: Ledger, federation: string, client: string): Promise<Client> {
  const [json, usedMs] = await runScript(ledger, GET, federation, { client });
  return clientFrom(federation, client, json, usedMs);
}
