import type { Aggregation } from '@florist/core/schemas/aggregation';
import { aggregationFrom, fieldsFrom, need } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import type { AdapterRef, AttemptRef } from './refs.js';

/** What aggregating an adapter needs to know. */
export interface Attempt extends AttemptRef {
  aggregation: Aggregation;
  startedAt: string;
  baseModel?: string;
}

const PRESENT = script(`
local key = adapter_key(n, args.adapter)
if redis.call('HGET', key, 'state') ~= 'aggregating' then return { 'ok' } end
return { 'ok', redis.call('HGETALL', key), redis.call('HGET', round_key(n), 'baseModel') }
`);

/** The attempt under way; undefined when the adapter is in another state or does not exist. */
export async function presentAttempt(ledger: Ledger, ref: AdapterRef): Promise<Attempt | undefined> {
  const { federation, round, adapter } = ref;
  const [flat, baseModel] = await runScript(ledger, PRESENT, federation, { round, adapter });
  if (flat === undefined) return undefined;
  const fields = fieldsFrom(flat);
  const attempt: Attempt = {
    federation,
    round,
    adapter,
    attempt: Number(need(fields, 'attempt')),
    aggregation: aggregationFrom(fields),
    startedAt: need(fields, 'startedAt'),
  };
  return typeof baseModel === 'string' ? { ...attempt, baseModel } : attempt;
}
