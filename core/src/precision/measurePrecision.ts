import { aggregateModule } from '../florist/aggregateModule.js';
import { heldModule } from '../florist/heldModule.js';
import type { ModulePath } from '../florist/moduleReport.js';
import { fromFloats } from '../kernel/convert.js';
import type { Dtype, Kernel } from '../kernel/kernel.js';
import { type ExactModule, exactModule } from './exactModule.js';
import type { PrecisionCase } from './precisionCases.js';
import { type PublishedErrors, publishedErrors } from './publishedErrors.js';

/** At the default, and at the strictest: every σ above 1e-7 σ_1 is published. */
export const PRECISION_TAUS: readonly number[] = [0.9, 1];
const OUTPUTS: readonly Dtype[] = ['F32', 'F16', 'BF16'];

/** One adapter of a case: its errors, and those that exact factors of that rank have once they are rounded. */
export interface PublishedPrecision extends PublishedErrors {
  readonly tau: number;
  readonly dtype: Dtype;
  readonly rank: number;
  /** The way that the planner took to the spectrum. */
  readonly path: ModulePath;
  /** Largest error of a σ_i that was found, as a share of σ_1. */
  readonly sigma: number;
  readonly rounding: PublishedErrors;
}

export interface CasePrecision {
  readonly name: string;
  /** r = Σ r_k. */
  readonly stackedRank: number;
  /** Rank of ΔW: σ above 1e-7 σ_1. */
  readonly rank: number;
  /** σ_1 over the smallest of min(r, m, n) σ; past 1e15 nothing but rounding is left of that. */
  readonly condition: number;
  readonly published: readonly PublishedPrecision[];
}

/** Holds everything that a kernel makes of one module to a dense decomposition in float64. */
export async function measurePrecision(
  kernel: Kernel,
  { name, make }: PrecisionCase,
): Promise<CasePrecision> {
  const input = make();
  const exact = exactModule(input);
  const stackedRank = input.clients.reduce((sum, client) => sum + client.rank, 0);
  const smallest = exact.svd.s[Math.min(stackedRank, ...input.shape) - 1];
  const published: PublishedPrecision[] = [];
  for (const tau of PRECISION_TAUS) {
    for (const dtype of OUTPUTS) {
      const plan = { method: 'florist', rank: { policy: 'energy', tau }, dtype } as const;
      const { report, b, a } = await aggregateModule(kernel, heldModule(input), plan);
      const { rank, path, singularValues } = report;
      const errors = publishedErrors(exact, { dtype, rank, b, a });
      const rounding = publishedErrors(exact, roundedFactors(exact, rank, dtype));
      const sigma = farthestSigma(singularValues, exact.svd.s);
      published.push({ tau, dtype, rank, path, sigma, ...errors, rounding });
    }
  }
  return { name, stackedRank, rank: exact.rank, condition: exact.svd.s[0] / smallest, published };
}

/** Largest |σ_i − exact| / σ_1 over those that were found. */
function farthestSigma(found: readonly number[], exact: Float64Array): number {
  return found.reduce((largest, value, i) => Math.max(largest, Math.abs(value - exact[i])), 0) / exact[0];
}

/** U_p S_p and V_pᵀ of the exact decomposition, rounded once. */
function roundedFactors({ shape: [m, n], svd: { u, s, v } }: ExactModule, rank: number, dtype: Dtype) {
  const k = s.length;
  const b = Float64Array.from({ length: m * rank }, (_, t) => {
    const column = t % rank;
    return u[Math.floor(t / rank) * k + column] * s[column];
  });
  const a = Float64Array.from({ length: rank * n }, (_, t) => v[(t % n) * k + Math.floor(t / n)]);
  return { dtype, rank, b: fromFloats(b, dtype), a: fromFloats(a, dtype) };
}
