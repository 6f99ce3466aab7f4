import type { CoefficientPair } from '../florist/coefficients.js';
import type { StackLayout } from '../florist/stackLayout.js';

/**
 * FedIT averages B and A apart, zero-padded to the largest rank R: B_g = Σ w_k scale_k B_k, A_g = Σ w_k A_k. Their
 * product carries the cross terms B_i A_j. Zhang et al., Towards Building the Federated GPT, 2024.
 */
export function fedit({ rank: r, rankMax, ranks, offsets, scales, weights }: StackLayout): CoefficientPair {
  const b = new Float64Array(r * rankMax);
  const a = new Float64Array(rankMax * r);
  for (const [k, offset] of offsets.entries()) {
    for (let i = 0; i < ranks[k]; i++) {
      b[(offset + i) * rankMax + i] = weights[k] * scales[k];
      a[i * r + offset + i] = weights[k];
    }
  }
  return { rank: rankMax, b, a };
}
