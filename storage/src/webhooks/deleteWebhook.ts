import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { WEBHOOK_EXISTS } from './webhookScript.js';

const DELETE = script(`${WEBHOOK_EXISTS}
redis.call('UNLINK', webhook_key(args.id), webhook_key(args.id, 'deliveries'))
redis.call('ZREM', base .. 'webhooks', args.id)
redis.call('SREM', global .. 'webhooks', args.federation .. '/' .. args.id)
emit({ type = 'webhook.deleted', detail = args.id })
return { 'ok' }
`);

/** Sends nothing more; messages on their way are given up. @throws Refusal federation_not_found, webhook_not_found */
export async function deleteWebhook(ledger: Ledger, federation: string, id: string): Promise<void> {
  await runScript(ledger, DELETE, federation, { id });
}
