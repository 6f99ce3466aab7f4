import type { Weighting } from '../schemas/weighting.js';
import { capShares } from './capShares.js';

/**
 * The shares of clients in the mean, which sum to 1: by examples n_k / Σ n_j or uniform, then capped.
 *
 * @param examples n_k ≥ 1 of each client
 * @param staleness what each counts, times this; 1 unless told
 */
export function baseWeights(
  { by, maxShare }: Weighting,
  examples: readonly number[],
  staleness: readonly number[] = [],
): number[] {
  const counts = examples.map((count, k) => (by === 'uniform' ? 1 : count) * (staleness[k] ?? 1));
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (examples.length === 0 || !(total > 0)) throw new Error('no client has an example');
  const shares = counts.map((count) => count / total);
  return maxShare === undefined ? shares : capShares(shares, maxShare);
}
