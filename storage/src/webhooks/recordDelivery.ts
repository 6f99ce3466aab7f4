import type { WebhookDelivery } from '@florist/core/schemas/webhook';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { WEBHOOK_KEYS } from './webhookScript.js';

/** Attempts kept of each webhook, about 300 bytes each. */
export const DELIVERIES_KEPT = 100;

const RECORD = script(`${WEBHOOK_KEYS}
if redis.call('EXISTS', webhook_key(args.id)) == 0 then return { 'ok' } end
redis.call('LPUSH', webhook_key(args.id, 'deliveries'), args.delivery)
redis.call('LTRIM', webhook_key(args.id, 'deliveries'), 0, ${DELIVERIES_KEPT - 1})
if args.disable and redis.call('HGET', webhook_key(args.id), 'enabled') == 'true' then
  redis.call('HSET', webhook_key(args.id), 'enabled', 'false')
  emit({ type = 'webhook.changed', detail = args.id })
end
return { 'ok' }
`);

/**
 * Notes an attempt; a webhook that is gone is left so.
 * @param disable the target wants no more messages
 */
export async function recordDelivery(
  ledger: Ledger,
  federation: string,
  id: string,
  delivery: WebhookDelivery,
  disable: boolean,
): Promise<void> {
  await runScript(ledger, RECORD, federation, { id, disable, delivery: JSON.stringify(delivery) });
}
