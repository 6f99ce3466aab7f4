import type { FactorPair } from '../florist/moduleReport.js';
import { commonFactor } from './commonFactor.js';

/** Whether all clients hold the same A; see `commonFactor`. Stops at the first difference. */
export function sharesFactorA(clients: readonly FactorPair[]): boolean {
  const common = commonFactor();
  return clients.every(({ a }) => common.add(a));
}
