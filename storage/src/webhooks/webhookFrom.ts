import type { Webhook } from '@florist/core/schemas/webhook';
import { fieldsFrom, need } from '../ledger/fields.js';
import type { Reply } from '../ledger/runScript.js';

/** The webhook in a record, which follows its id. */
export function webhookFrom(id: Reply | undefined, flat: Reply | undefined): Webhook {
  const fields = fieldsFrom(flat);
  return {
    id: String(id),
    url: need(fields, 'url'),
    types: JSON.parse(need(fields, 'types')),
    enabled: need(fields, 'enabled') === 'true',
    createdAt: need(fields, 'createdAt'),
  };
}
