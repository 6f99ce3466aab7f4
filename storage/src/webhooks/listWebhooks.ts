import type { Webhook } from '@florist/core/schemas/webhook';
import { listFrom } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import { webhookFrom } from './webhookFrom.js';
import { WEBHOOK_KEYS } from './webhookScript.js';

const LIST = script(`${FEDERATION_EXISTS}${WEBHOOK_KEYS}
local rows = {}
for i, id in ipairs(redis.call('ZRANGE', base .. 'webhooks', 0, -1)) do
  rows[i] = { id, redis.call('HGETALL', webhook_key(id)) }
end
return { 'ok', rows }
`);

/** A federation's webhooks in the order in which they were made. @throws Refusal federation_not_found */
export async function listWebhooks(ledger: Ledger, federation: string): Promise<Webhook[]> {
  const [rows] = await runScript(ledger, LIST, federation);
  return listFrom(rows).map((row) => {
    const [id, flat] = listFrom(row);
    return webhookFrom(id, flat);
  });
}
