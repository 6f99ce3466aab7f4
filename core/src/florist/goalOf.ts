import { TAU_DEFAULT } from '../schemas/aggregation.js';
import type { SpectrumGoal } from './decomposition.js';
import type { ModulePlan } from './moduleReport.js';

/** What the plan needs of the spectrum; a method that does not cut it is compared at FLoRIST's default. */
export function goalOf({ method, rank }: ModulePlan): SpectrumGoal {
  if (method !== 'florist') return { energy: TAU_DEFAULT, rank: 1 };
  return rank.policy === 'energy' ? { energy: rank.tau, rank: 1 } : { energy: 0, rank: rank.rank };
}
