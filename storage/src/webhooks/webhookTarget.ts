import { fieldsFrom, need } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { WEBHOOK_KEYS } from './webhookScript.js';

/** Where a message goes and what signs it. */
export interface WebhookTarget {
  url: string;
  secret: string;
}

const TARGET = script(`${WEBHOOK_KEYS}
return { 'ok', redis.call('HGETALL', webhook_key(args.id)) }
`);

/**
 * Undefined where the webhook is gone, or disabled.
 * @param evenDisabled as for a test, which says whether to enable it
 */
export async function webhookTarget(
  ledger: Ledger,
  federation: string,
  id: string,
  evenDisabled: boolean,
): Promise<WebhookTarget | undefined> {
  const [flat] = await runScript(ledger, TARGET, federation, { id });
  const fields = fieldsFrom(flat);
  const { enabled } = fields;
  if (enabled === undefined || !(evenDisabled || enabled === 'true')) return undefined;
  return { url: need(fields, 'url'), secret: need(fields, 'secret') };
}
