import type { WebhookDelivery } from '@florist/core/schemas/webhook';
import { listFrom } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { WEBHOOK_EXISTS } from './webhookScript.js';

const LIST = script(`${WEBHOOK_EXISTS}
return { 'ok', redis.call('LRANGE', webhook_key(args.id, 'deliveries'), 0, -1) }
`);

/** A webhook's latest attempts, newest first. @throws Refusal federation_not_found, webhook_not_found */
export async function listDeliveries(
  ledger: Ledger,
  federation: string,
  id: string,
): Promise<WebhookDelivery[]> {
  const [items] = await runScript(ledger, LIST, federation, { id });
  return listFrom(items).map((json) => JSON.parse(String(json)));
}
