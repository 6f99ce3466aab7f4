import type { ModuleData } from './spectrumData.ts';

/** An adapter of given ranks, over all its modules. */
export interface Totals {
  totalRank: number;
  /** Σ p (m + n). */
  parameters: number;
  /** Share of Σ‖ΔW‖² that is kept. */
  energyKept: number;
}

/** Adds up what an adapter is whose module i has rank `ranks[i]`. */
export function totalsAt(modules: readonly ModuleData[], ranks: ArrayLike<number>): Totals {
  let totalRank = 0;
  let parameters = 0;
  let kept = 0;
  let energy = 0;
  for (const [index, module] of modules.entries()) {
    const rank = ranks[index] ?? 0;
    totalRank += rank;
    parameters += rank * (module.shape[0] + module.shape[1]);
    kept += module.cumulative[Math.min(rank, module.cumulative.length) - 1] ?? 0;
    energy += module.energy;
  }
  return { totalRank, parameters, energyKept: energy > 0 ? Math.min(1, kept / energy) : 1 };
}
