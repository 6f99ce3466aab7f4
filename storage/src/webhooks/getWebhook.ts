import type { Webhook } from '@florist/core/schemas/webhook';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { webhookFrom } from './webhookFrom.js';
import { WEBHOOK_EXISTS } from './webhookScript.js';

const GET = script(`${WEBHOOK_EXISTS}
return { 'ok', redis.call('HGETALL', webhook_key(args.id)) }
`);

/** @throws Refusal federation_not_found, webhook_not_found */
export async function getWebhook(ledger: Ledger, federation: string, id: string): Promise<Webhook> {
  const [flat] = await runScript(ledger, GET, federation, { id });
  return webhookFrom(id, flat);
}
