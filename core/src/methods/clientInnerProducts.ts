import type { Grams } from '../florist/balance.js';
import type { StackLayout } from '../florist/stackLayout.js';

/**
 * ⟨ΔW_i, ΔW_j⟩ = scale_i scale_j Σ (G_B[i,j] ∘ Ĝ_A[i,j]) over the block of clients i and j of the raw Gram matrices:
 * K × K, row-major, without the weights. The diagonal holds ‖ΔW_k‖².
 */
export function clientInnerProducts(grams: Grams, layout: StackLayout): Float64Array {
  const { rank: r, ranks, offsets, scales } = layout;
  const clients = ranks.length;
  const products = new Float64Array(clients * clients);
  for (let i = 0; i < clients; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let s = offsets[i]; s < offsets[i] + ranks[i]; s++) {
        for (let t = s * r + offsets[j]; t < s * r + offsets[j] + ranks[j]; t++)
          sum += grams.b[t] * grams.a[t];
      }
      products[i * clients + j] = scales[i] * scales[j] * sum;
      products[j * clients + i] = products[i * clients + j];
    }
  }
  return products;
}
