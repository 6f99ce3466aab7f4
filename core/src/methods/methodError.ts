import type { Grams } from '../florist/balance.js';
import type { CoefficientPair } from '../florist/coefficients.js';
import { CANCELLATION_TOLERANCE } from '../florist/constants.js';
import type { StackLayout } from '../florist/stackLayout.js';
import type { Kernel } from '../kernel/kernel.js';
import { transpose } from '../linalg/transpose.js';

/**
 * Exact ‖ΔW − B_g A_g‖_F² of any method that publishes B_g = B S_B and A_g = S_A Â on the raw stack:
 * trace(Dᵀ G_B D Ĝ_A) with D = S_B S_A − diag(scale · weight).
 *
 * Expanded, so that no product is larger than (r, r, R): ‖ΔW‖² − 2⟨ΔW, B_g A_g⟩ + ‖B_g A_g‖². What is no more than
 * the rounding of these three counts as 0; errors below 5e-8 of ‖ΔW‖ therefore do not show.
 */
export async function methodError(
  kernel: Kernel,
  grams: Grams,
  layout: StackLayout,
  pair: CoefficientPair,
): Promise<number> {
  const r = layout.rank;
  const p = pair.rank;
  if (pair.b.length !== r * p || pair.a.length !== p * r) throw new Error(`coefficients are not ${r} × ${p}`);
  const target = targetDiagonal(layout);
  const ofB = await kernel.multiply(grams.b, pair.b, r, r, p);
  const ofA = await kernel.multiply(pair.a, grams.a, p, r, r);
  const innerB = await kernel.multiply(transpose(pair.b, r, p), ofB, p, r, p);
  const innerA = await kernel.multiply(ofA, transpose(pair.a, p, r), p, r, p);
  const own = energyOf(grams, target);
  const published = traceOfProduct(innerB, innerA, p);
  const cross = crossTerm(target, ofB, ofA, r, p);
  const error = own - 2 * cross + published;
  return error > CANCELLATION_TOLERANCE * (own + 2 * Math.abs(cross) + published) ? error : 0;
}

/** scale_k · w_k of every direction: ΔW = B diag(·) Â. */
function targetDiagonal({ rank, ranks, offsets, scales, weights }: StackLayout): Float64Array {
  const target = new Float64Array(rank);
  for (const [k, offset] of offsets.entries()) target.fill(scales[k] * weights[k], offset, offset + ranks[k]);
  return target;
}

/** ‖ΔW‖² = Σ_ij t_i t_j (G_B ∘ Ĝ_A)_ij. */
function energyOf({ b, a }: Grams, target: Float64Array): number {
  const r = target.length;
  let sum = 0;
  for (let i = 0; i < r; i++) {
    for (let j = 0; j < r; j++) sum += target[i] * target[j] * b[i * r + j] * a[i * r + j];
  }
  return sum;
}

/** ⟨ΔW, B_g A_g⟩ = Σ_i t_i (G_B S_B S_A Ĝ_A)_ii. */
function crossTerm(target: Float64Array, ofB: Float64Array, ofA: Float64Array, r: number, p: number): number {
  let sum = 0;
  for (let i = 0; i < r; i++) {
    let entry = 0;
    for (let k = 0; k < p; k++) entry += ofB[i * p + k] * ofA[k * r + i];
    sum += target[i] * entry;
  }
  return sum;
}

/** ‖B_g A_g‖² = trace((S_Bᵀ G_B S_B)(S_A Ĝ_A S_Aᵀ)). */
function traceOfProduct(x: Float64Array, y: Float64Array, p: number): number {
  let sum = 0;
  for (let i = 0; i < p; i++) {
    for (let k = 0; k < p; k++) sum += x[i * p + k] * y[k * p + i];
  }
  return sum;
}
