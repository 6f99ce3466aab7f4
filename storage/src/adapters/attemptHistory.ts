import { Refusal } from '@florist/core/errors/refusal';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ADAPTER_EXISTS } from '../ledger/scripts/existing.js';
import type { AdapterRef } from './refs.js';

const HISTORY = script(`${ADAPTER_EXISTS}
local before = redis.call('HGET', federation_key, 'attemptBase')
return { 'ok', adapter.requestedAt, tonumber(adapter.attempt) - tonumber(before) }
`);

/** When an adapter was asked for and how often it was tried; undefined when it is gone. */
export async function attemptHistory(
  ledger: Ledger,
  { federation, round, adapter }: AdapterRef,
): Promise<{ requestedAt: string; attempts: number } | undefined> {
  try {
    const [requestedAt, attempts] = await runScript(ledger, HISTORY, federation, { round, adapter });
    return { requestedAt: String(requestedAt), attempts: Number(attempts) };
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
