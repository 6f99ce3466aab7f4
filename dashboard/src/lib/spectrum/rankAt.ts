import { numericalRank } from './numericalRank.ts';
import type { ModuleData } from './spectrumData.ts';

/**
 * The rank that FLoRIST publishes for a module at τ: the smallest p with Σ_{i≤p} σ_i² ≥ τE, at τ = 1 every σ above
 * rounding, and never less than 1.
 */
export function rankAt(module: Pick<ModuleData, 'sigma' | 'cumulative' | 'energy'>, tau: number): number {
  const most = Math.max(1, numericalRank(module.sigma));
  if (tau >= 1) {
    return most;
  }
  const wanted = tau * module.energy;
  let low = 0;
  let high = most - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((module.cumulative[middle] ?? 0) >= wanted) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low + 1;
}
