import { type Adapter, AdapterState } from '@florist/core/schemas/adapter';
import { aggregationFrom, fieldsFrom, listFrom, literal, need } from '../ledger/fields.js';
import type { Reply } from '../ledger/runScript.js';

/** The adapter that the prelude's adapter_row stands for. */
export function adapterFrom(row: Reply | undefined): Adapter {
  const [id, flat, done, current] = listFrom(row);
  const fields = fieldsFrom(flat);
  const state = literal(AdapterState, need(fields, 'state'));
  const total = Number(need(fields, 'total'));
  const adapter: Adapter = {
    id: String(id),
    state,
    current: current === 1,
    aggregation: aggregationFrom(fields),
    requestedAt: need(fields, 'requestedAt'),
    // which modules were done is forgotten once all are
    progress: { done: state === 'published' ? total : Number(done), total },
  };
  if (fields.publishedAt !== undefined) adapter.publishedAt = fields.publishedAt;
  if (fields.weighed !== undefined) adapter.weighed = JSON.parse(fields.weighed);
  if (fields.filesDeletedAt !== undefined) adapter.filesDeletedAt = fields.filesDeletedAt;
  if (fields.result !== undefined) adapter.result = JSON.parse(fields.result);
  if (fields.errorCode !== undefined) {
    adapter.error = { code: fields.errorCode, detail: need(fields, 'errorDetail') };
  }
  return adapter;
}
