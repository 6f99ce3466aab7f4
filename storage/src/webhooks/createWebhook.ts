import { randomBytes } from 'node:crypto';
import type { WebhookCreate, WebhookWithSecret } from '@florist/core/schemas/webhook';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import { webhookFrom } from './webhookFrom.js';
import { WEBHOOK_KEYS } from './webhookScript.js';

/** Each is asked for events every few seconds. */
export const WEBHOOKS_MAX = 16;

/** Random enough that a webhook made anew is never taken for an old one, as by messages on their way. */
const ID_BYTES = 8;
/** Within the 24 to 64 bytes that Standard Webhooks asks for. */
const SECRET_BYTES = 32;

const CREATE = script(`${FEDERATION_EXISTS}${WEBHOOK_KEYS}
if redis.call('ZCARD', base .. 'webhooks') >= ${WEBHOOKS_MAX} then
  return refuse('webhooks_too_many', 'most', '${WEBHOOKS_MAX}')
end
redis.call('ZADD', base .. 'webhooks', args.nowMs, args.id)
redis.call('SADD', global .. 'webhooks', args.federation .. '/' .. args.id)
emit({ type = 'webhook.created', detail = args.id })
local newest = redis.call('XREVRANGE', base .. 'events', '+', '-', 'COUNT', 1)
write(webhook_key(args.id), {
  url = args.url, types = args.types, secret = args.secret, enabled = 'true', createdAt = args.now,
  cursor = newest[1][1],
})
return { 'ok', redis.call('HGETALL', webhook_key(args.id)) }
`);

/**
 * Sends a federation's events to an address from now on. The secret is shown once; it is kept as it is, since it
 * signs every message.
 * @param url as checkWebhookUrl returned it
 * @throws Refusal federation_not_found, webhooks_too_many
 */
export async function createWebhook(
  ledger: Ledger,
  federation: string,
  { url, types }: WebhookCreate,
): Promise<WebhookWithSecret> {
  const id = `wh-${randomBytes(ID_BYTES).toString('hex')}`;
  const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
  const args = { id, url, secret, types: JSON.stringify(types) };
  const [flat] = await runScript(ledger, CREATE, federation, args);
  return { ...webhookFrom(id, flat), secret };
}
