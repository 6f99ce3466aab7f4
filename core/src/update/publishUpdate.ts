import { chooseRank } from '../florist/chooseRank.js';
import { factorsDiffer } from '../florist/factorsDiffer.js';
import type { ModulePlan, ModuleRankPolicy, ModuleSource } from '../florist/moduleReport.js';
import { rangeShift } from '../florist/rangeShift.js';
import { tailEnergies } from '../florist/tailEnergies.js';
import { fromFloats, toFloat64 } from '../kernel/convert.js';
import type { Dtype } from '../kernel/kernel.js';
import type { UpdateAnalysis } from './analyseUpdate.js';
import { joinFactors } from './joinFactors.js';
import type { Accumulated } from './withUpdate.js';

/** What a method publishes for one module, in its dtype, and how far that is from ΔW before rounding. */
export interface UpdatePublication {
  readonly rank: number;
  /** (m, rank). */
  readonly b: Uint8Array;
  /** (rank, n). */
  readonly a: Uint8Array;
  readonly squaredError: number;
}

/**
 * The adapter of one module from its accumulated ΔW and the means of its factors. Only FLoRA, which publishes the
 * stack itself, reads the clients once more. A ΔW of zero is published as rank 1 of zeros.
 *
 * @throws Refusal ffa_factors_differ, dtype_overflow
 */
export async function publishUpdate(
  source: ModuleSource,
  { measure, spectrum }: UpdateAnalysis,
  { means, sharedA, resolution }: Accumulated,
  { method, rank, dtype }: ModulePlan,
): Promise<UpdatePublication> {
  const { shape, name } = source;
  switch (method) {
    case 'florist':
      return truncate({ measure, spectrum }, shape, rank, dtype);
    case 'flexlora':
      return truncate({ measure, spectrum }, shape, { policy: 'fixed', rank: means.rank }, dtype);
    case 'flora':
      if (resolution === 0) return zeros(shape, dtype);
      return { ...(await joinFactors(source, dtype)), squaredError: 0 };
    case 'ffa-lora':
      if (sharedA === undefined) throw factorsDiffer(name);
      if (resolution === 0) return zeros(shape, dtype);
      return rounded(means.rank, means.b, toFloat64(sharedA.bytes, sharedA.dtype), 0, dtype);
    case 'fedit': {
      const squaredError = measure.methodErrors.fedit;
      if (spectrum === undefined && squaredError === 0) return zeros(shape, dtype);
      return rounded(means.rank, means.b, means.a, squaredError, dtype);
    }
  }
}

async function truncate(
  { measure, spectrum }: UpdateAnalysis,
  shape: readonly [m: number, n: number],
  policy: ModuleRankPolicy,
  dtype: Dtype,
): Promise<UpdatePublication> {
  if (spectrum === undefined) return zeros(shape, dtype);
  const { singularValues, restEnergy } = spectrum;
  const p = chooseRank(singularValues, policy, restEnergy);
  const shift = rangeShift(singularValues[0], shape, dtype);
  const { b, a } = await spectrum.factors(p);
  const [shiftedB, shiftedA] = [b.map((x) => x * shift), a.map((x) => x / shift)];
  return rounded(p, shiftedB, shiftedA, tailEnergies(measure.singularValues, restEnergy)[p], dtype);
}

function rounded(
  rank: number,
  b: Float64Array,
  a: Float64Array,
  squaredError: number,
  dtype: Dtype,
): UpdatePublication {
  return { rank, b: fromFloats(b, dtype), a: fromFloats(a, dtype), squaredError };
}

function zeros([m, n]: readonly [m: number, n: number], dtype: Dtype): UpdatePublication {
  return rounded(1, new Float64Array(m), new Float64Array(n), 0, dtype);
}
