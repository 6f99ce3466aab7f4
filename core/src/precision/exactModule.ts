import type { ModuleInput } from '../florist/moduleReport.js';
import { numericalRank } from '../florist/numericalRank.js';
import { toFloat64 } from '../kernel/convert.js';
import { jacobiSvd, type Svd } from '../linalg/jacobiSvd.js';

/** What a module's ΔW is, formed and decomposed densely in float64. */
export interface ExactModule {
  readonly shape: readonly [m: number, n: number];
  /** (m, n). */
  readonly delta: Float64Array;
  readonly svd: Svd;
  /** ‖ΔW‖. */
  readonly norm: number;
  /** σ above SIGMA_TOLERANCE · σ_1. */
  readonly rank: number;
}

/** ΔW = Σ w_k scale_k B_k A_k from the factors as they were sent, by plain loops, and its singular values by Jacobi. */
export function exactModule({ shape, clients }: ModuleInput): ExactModule {
  const [m, n] = shape;
  const delta = new Float64Array(m * n);
  for (const { weight, scale, rank, b, a } of clients) {
    const [left, right] = [toFloat64(b.bytes, b.dtype), toFloat64(a.bytes, a.dtype)];
    for (let i = 0; i < m; i++) {
      for (let k = 0; k < rank; k++) {
        const factor = weight * scale * left[i * rank + k];
        for (let j = 0; j < n; j++) delta[i * n + j] += factor * right[k * n + j];
      }
    }
  }
  const svd = jacobiSvd(delta, m, n);
  return { shape, delta, svd, norm: Math.hypot(...svd.s), rank: numericalRank(svd.s) };
}
