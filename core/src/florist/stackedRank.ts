import type { ModuleShare } from './moduleReport.js';

/** r = Σ r_k. */
export function stackedRank(shares: readonly Pick<ModuleShare, 'rank'>[]): number {
  return shares.reduce((sum, { rank }) => sum + rank, 0);
}
