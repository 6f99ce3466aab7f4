import type { Dtype, Kernel } from '../kernel/kernel.js';
import { fedit } from '../methods/fedit.js';
import { ffaLora } from '../methods/ffaLora.js';
import { flora } from '../methods/flora.js';
import type { ModuleAnalysis } from './analyseModule.js';
import { chooseRank } from './chooseRank.js';
import { type CoefficientPair, coefficients } from './coefficients.js';
import { factorsDiffer } from './factorsDiffer.js';
import type { ModulePlan, ModuleRankPolicy } from './moduleReport.js';
import { rangeShift } from './rangeShift.js';
import { tailEnergies } from './tailEnergies.js';

/** What a method publishes for one module, and how far that is from ΔW. */
export interface Publication {
  /** Absent: rank 1 of zeros. */
  readonly pair?: CoefficientPair;
  readonly squaredError: number;
}

/**
 * The coefficients by which a method makes its adapter from the raw stack. FlexLoRA's is FLoRIST's at the largest
 * client rank: smaller clients take its first columns and rows.
 *
 * @throws Refusal ffa_factors_differ when FFA-LoRA is asked of clients whose A factors differ
 */
export async function publishModule(
  kernel: Kernel,
  analysis: ModuleAnalysis,
  plan: ModulePlan,
): Promise<Publication> {
  const { layout, measure, empty } = analysis;
  switch (plan.method) {
    case 'florist':
      return truncate(kernel, analysis, plan.rank, plan.dtype);
    case 'flexlora':
      return truncate(kernel, analysis, { policy: 'fixed', rank: layout.rankMax }, plan.dtype);
    case 'flora':
      return empty ? { squaredError: 0 } : { pair: flora(layout), squaredError: 0 };
    case 'ffa-lora':
      if (measure.methodErrors['ffa-lora'] === null) throw factorsDiffer(measure.name);
      return empty ? { squaredError: 0 } : { pair: ffaLora(layout), squaredError: 0 };
    case 'fedit': {
      const squaredError = measure.methodErrors.fedit;
      const zero = measure.degenerate && squaredError === 0;
      return zero ? { squaredError } : { pair: fedit(layout), squaredError };
    }
  }
}

async function truncate(
  kernel: Kernel,
  { decomposition, measure }: ModuleAnalysis,
  policy: ModuleRankPolicy,
  dtype: Dtype,
): Promise<Publication> {
  if (decomposition === undefined) return { squaredError: 0 };
  const p = chooseRank(decomposition.singularValues, policy, decomposition.restEnergy);
  const shift = rangeShift(decomposition.singularValues[0], measure.shape, dtype);
  return {
    pair: await coefficients(kernel, decomposition, p, shift),
    squaredError: tailEnergies(decomposition.singularValues, decomposition.restEnergy)[p],
  };
}
