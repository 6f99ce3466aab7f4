import { toFloat64 } from '../kernel/convert.js';
import type { Dtype } from '../kernel/kernel.js';
import { truncateSvd } from '../linalg/truncateSvd.js';
import type { ExactModule } from './exactModule.js';

/** The factors of one module as they are published. */
export interface PublishedFactors {
  readonly dtype: Dtype;
  readonly rank: number;
  readonly b: Uint8Array;
  readonly a: Uint8Array;
}

export interface PublishedErrors {
  /** What B_g A_g is further from ΔW than the best matrix of its rank, in squares, as a share of ‖ΔW‖. */
  readonly product: number;
  /** Largest entry of |A_g A_gᵀ − I|. */
  readonly orthonormality: number;
}

/**
 * How far published factors are from what they should be.
 *
 * With ΔW_p the best approximation of rank p, R = ΔW − ΔW_p and D = B_g A_g − ΔW_p, the excess
 * ‖ΔW − B_g A_g‖² − ‖R‖² is ‖D‖² − 2⟨R, D⟩. Written so, nothing large cancels; and it is right also where equal σ
 * leave a choice of ΔW_p.
 */
export function publishedErrors(exact: ExactModule, published: PublishedFactors): PublishedErrors {
  const [m, n] = exact.shape;
  const { rank, dtype } = published;
  const b = toFloat64(published.b, dtype);
  const a = toFloat64(published.a, dtype);
  const best = truncateSvd(exact.svd, m, n, rank);
  let excess = 0;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let off = -best[i * n + j];
      for (let k = 0; k < rank; k++) off += b[i * rank + k] * a[k * n + j];
      excess += off * off - 2 * (exact.delta[i * n + j] - best[i * n + j]) * off;
    }
  }
  return {
    product: Math.sqrt(Math.max(0, excess)) / exact.norm,
    orthonormality: orthonormality(a, rank, n),
  };
}

function orthonormality(a: Float64Array, rank: number, n: number): number {
  let largest = 0;
  for (let i = 0; i < rank; i++) {
    for (let j = 0; j <= i; j++) {
      let off = i === j ? -1 : 0;
      for (let t = 0; t < n; t++) off += a[i * n + t] * a[j * n + t];
      largest = Math.max(largest, Math.abs(off));
    }
  }
  return largest;
}
