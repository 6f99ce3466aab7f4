import type { Ledger } from '../ledger/openLedger.js';

/** Where workers say that they are alive: a hash of WorkerStatus as JSON, by the worker's id. */
export function workersKey(ledger: Pick<Ledger, 'prefix'>): string {
  return `${ledger.prefix}:workers`;
}
