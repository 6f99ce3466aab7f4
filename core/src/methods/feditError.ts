import type { Grams } from '../florist/balance.js';
import { CANCELLATION_TOLERANCE } from '../florist/constants.js';
import type { StackLayout } from '../florist/stackLayout.js';
import { innerProduct } from '../linalg/innerProduct.js';

/**
 * Exact ‖ΔW − B̄ Ā‖_F² of FedIT, which publishes the means B̄ = Σ w_k scale_k B_k and Ā = Σ w_k A_k, padded to the
 * largest rank R: ‖ΔW‖² − 2⟨ΔW, B̄ Ā⟩ + ‖B̄ Ā‖². Means are sums of directions, and so are their inner products sums of
 * entries of the Gram matrices: r² of them, no product.
 *
 * What is no more than the rounding of the three terms counts as 0; errors below 5e-8 of ‖ΔW‖ therefore do not show.
 */
export function feditError(grams: Grams, layout: StackLayout): number {
  const { rank: r, weights, scales } = layout;
  const ofA = weights;
  const ofB = weights.map((weight, k) => weight * scales[k]);
  const target = spread(layout, ofB);
  const halfB = sumRows(grams.b, r, layout, ofB);
  const halfA = sumRows(grams.a, r, layout, ofA);
  const own = energyOf(grams, target);
  const cross = crossTerm(target, halfB, halfA);
  const published = innerProduct(sumColumns(halfB, r, layout, ofB), sumColumns(halfA, r, layout, ofA));
  const error = own - 2 * cross + published;
  return error > CANCELLATION_TOLERANCE * (own + 2 * Math.abs(cross) + published) ? error : 0;
}

/** Each client's factor at each of its directions; of scale · weight, ΔW = B diag(·) Â. */
function spread({ rank, ranks, offsets }: StackLayout, factors: readonly number[]): Float64Array {
  const target = new Float64Array(rank);
  for (const [k, offset] of offsets.entries()) target.fill(factors[k], offset, offset + ranks[k]);
  return target;
}

/** From a row for each of the r directions, (r, cols), to their sums over the clients, (R, cols). */
function sumRows(
  rows: Float64Array,
  cols: number,
  { rankMax, ranks, offsets }: StackLayout,
  factors: readonly number[],
): Float64Array {
  const sums = new Float64Array(rankMax * cols);
  for (const [k, offset] of offsets.entries()) {
    addScaled(sums, 0, factors[k], rows, offset * cols, ranks[k] * cols);
  }
  return sums;
}

/** From a column for each of the r directions, (rows, r), to their sums over the clients, (rows, R). */
function sumColumns(
  matrix: Float64Array,
  r: number,
  { rankMax, ranks, offsets }: StackLayout,
  factors: readonly number[],
): Float64Array {
  const rows = matrix.length / r;
  const sums = new Float64Array(rows * rankMax);
  for (let i = 0; i < rows; i++) {
    for (const [k, offset] of offsets.entries()) {
      addScaled(sums, i * rankMax, factors[k], matrix, i * r + offset, ranks[k]);
    }
  }
  return sums;
}

/** y[to …] += factor · x[from …] over `length` elements. */
function addScaled(
  y: Float64Array,
  to: number,
  factor: number,
  x: Float64Array,
  from: number,
  length: number,
): void {
  for (let t = 0; t < length; t++) y[to + t] += factor * x[from + t];
}

/** ‖ΔW‖² = Σ_ij t_i t_j (G_B ∘ Ĝ_A)_ij. */
function energyOf({ b, a }: Grams, target: Float64Array): number {
  const r = target.length;
  let sum = 0;
  for (let i = 0; i < r; i++) {
    let row = 0;
    for (let j = 0; j < r; j++) row += target[j] * b[i * r + j] * a[i * r + j];
    sum += target[i] * row;
  }
  return sum;
}

/** ⟨ΔW, B̄ Ā⟩ = Σ_j t_j (B̄ᵀB ∘ ĀÂᵀ)_ij, summed over i too; both are (R, r). */
function crossTerm(target: Float64Array, halfB: Float64Array, halfA: Float64Array): number {
  const r = target.length;
  let sum = 0;
  for (let t = 0; t < halfB.length; t += r) {
    for (let j = 0; j < r; j++) sum += target[j] * halfB[t + j] * halfA[t + j];
  }
  return sum;
}
