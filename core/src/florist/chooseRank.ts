import { ENERGY_TOLERANCE } from './constants.js';
import type { ModuleRankPolicy } from './moduleReport.js';
import { numericalRank } from './numericalRank.js';

/**
 * The rank p to publish for σ in descending order: at `energy`, the smallest p with Σ_{i≤p} σ_i² ≥ τ Σ σ_i²; at
 * `fixed`, the rank asked for. Never more than the σ that are distinguishable from zero, which is also what τ = 1
 * means, and at least 1.
 *
 * @param rest Σ σ² of singular values that `sigma` does not list
 */
export function chooseRank(sigma: ArrayLike<number>, policy: ModuleRankPolicy, rest = 0): number {
  const most = Math.max(1, numericalRank(sigma));
  if (policy.policy === 'fixed') return Math.min(policy.rank, most);
  if (policy.tau === 1) return most;
  let energy = rest;
  for (let i = 0; i < sigma.length; i++) energy += sigma[i] * sigma[i];
  const wanted = policy.tau * energy * (1 - ENERGY_TOLERANCE);
  let kept = 0;
  for (let p = 1; p <= most; p++) {
    kept += sigma[p - 1] * sigma[p - 1];
    if (kept >= wanted) return p;
  }
  return most;
}
