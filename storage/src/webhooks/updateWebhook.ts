import type { Webhook, WebhookPatch } from '@florist/core/schemas/webhook';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { webhookFrom } from './webhookFrom.js';
import { WEBHOOK_EXISTS } from './webhookScript.js';

const UPDATE = script(`${WEBHOOK_EXISTS}
write(webhook_key(args.id), args.set)
emit({ type = 'webhook.changed', detail = args.id })
if webhook.enabled == 'false' and args.set.enabled == 'true' then
  local newest = redis.call('XREVRANGE', base .. 'events', '+', '-', 'COUNT', 1)
  redis.call('HSET', webhook_key(args.id), 'cursor', newest[1][1])
end
return { 'ok', redis.call('HGETALL', webhook_key(args.id)) }
`);

/**
 * Changes what is given. Enabled again, a webhook goes on with what happens from then on.
 * @throws Refusal federation_not_found, webhook_not_found
 */
export async function updateWebhook(
  ledger: Ledger,
  federation: string,
  id: string,
  { url, types, enabled }: WebhookPatch,
): Promise<Webhook> {
  const set = {
    ...(url !== undefined && { url }),
    ...(types !== undefined && { types: JSON.stringify(types) }),
    ...(enabled !== undefined && { enabled: String(enabled) }),
  };
  const [flat] = await runScript(ledger, UPDATE, federation, { id, set });
  return webhookFrom(id, flat);
}
