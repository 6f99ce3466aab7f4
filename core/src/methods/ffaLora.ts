import type { CoefficientPair } from '../florist/coefficients.js';
import type { StackLayout } from '../florist/stackLayout.js';

/**
 * FFA-LoRA freezes one A for all and averages B alone, zero-padded to the largest rank R: B_g = Σ w_k scale_k B_k,
 * A_g = the A of largest rank. Exact where `sharesFactorA` holds, which is for the caller to see to. Sun et al.,
 * Improving LoRA in Privacy-preserving Federated Learning, 2024.
 */
export function ffaLora({ rank: r, rankMax, ranks, offsets, scales, weights }: StackLayout): CoefficientPair {
  const shared = offsets[ranks.indexOf(rankMax)];
  const b = new Float64Array(r * rankMax);
  const a = new Float64Array(rankMax * r);
  for (const [k, offset] of offsets.entries()) {
    for (let i = 0; i < ranks[k]; i++) b[(offset + i) * rankMax + i] = weights[k] * scales[k];
  }
  for (let i = 0; i < rankMax; i++) a[i * r + shared + i] = 1;
  return { rank: rankMax, b, a };
}
