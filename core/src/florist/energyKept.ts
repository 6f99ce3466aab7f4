import type { ModuleMeasure } from './moduleReport.js';

/** 1 − error² / E, which for a truncated spectrum is Σ_{i≤p} σ_i² / Σ σ_i²; an error beyond E keeps nothing. */
export function energyKept({ energy }: Pick<ModuleMeasure, 'energy'>, squaredError: number): number {
  if (squaredError === 0) return 1;
  return energy > 0 ? Math.max(0, 1 - squaredError / energy) : 0;
}
