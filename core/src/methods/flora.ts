import type { CoefficientPair } from '../florist/coefficients.js';
import type { StackLayout } from '../florist/stackLayout.js';

/**
 * FLoRA publishes the stack itself, scales in B and weights in A: exact, at rank Σ r_k. Wang et al., FLoRA:
 * Federated Fine-Tuning Large Language Models with Heterogeneous Low-Rank Adaptations, 2024.
 */
export function flora({ rank: r, ranks, offsets, scales, weights }: StackLayout): CoefficientPair {
  const b = new Float64Array(r * r);
  const a = new Float64Array(r * r);
  for (const [k, offset] of offsets.entries()) {
    for (let j = offset; j < offset + ranks[k]; j++) {
      b[j * r + j] = scales[k];
      a[j * r + j] = weights[k];
    }
  }
  return { rank: r, b, a };
}
