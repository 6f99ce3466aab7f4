import { CANCELLATION_TOLERANCE, CANCELLING } from './constants.js';
import type { StackLayout } from './stackLayout.js';

/** Both Gram matrices of the raw stack: unscaled B, unweighted A; float64, row-major (r, r). */
export interface Grams {
  readonly b: Float64Array;
  readonly a: Float64Array;
}

/**
 * The stack with each direction's length shared evenly between its two factors, in units of the longest:
 * ΔW = unit · B' A' with B' = B diag(left), A' = diag(right) Â, and equal diagonals of G_B' and G_A', at most 1.
 */
export interface BalancedStack {
  readonly rank: number;
  /** G_B', (r, r). */
  readonly b: Float64Array;
  /** G_A', (r, r). */
  readonly a: Float64Array;
  readonly left: Float64Array;
  readonly right: Float64Array;
  readonly unit: number;
  /** E = ‖ΔW‖_F² = unit² Σ G_B' ∘ G_A'. */
  readonly energy: number;
  /** No direction is left, or they cancel to rounding. */
  readonly degenerate: boolean;
  /** Directions are left, but cancel so far that the Gram matrices tell little of what remains. */
  readonly cancels: boolean;
}

/**
 * Folds scales and weights into the Gram matrices and balances every direction.
 *
 * σ depends on the products b_j a_j alone, but the pivoted Cholesky factorisation of G_A measures its cut against
 * the longest row of A. Were the split left as it came, a client with a small A and a large B would fall under that
 * cut however much it matters. Balanced, ‖a'_j‖² = ‖b_j‖‖a_j‖ is what the direction can at most put into ΔW. A
 * direction with a zero in either factor puts in nothing and is dropped.
 *
 * @throws Error when a Gram matrix has the wrong size or holds NaN or infinity
 */
export function balance(grams: Grams, layout: StackLayout): BalancedStack {
  const r = layout.rank;
  if (grams.b.length !== r * r || grams.a.length !== r * r) throw new Error(`Grams must be ${r} × ${r}`);
  const left = new Float64Array(r);
  const right = new Float64Array(r);
  const unit = multipliers(grams, layout, left, right);
  const b = scaleGram(grams.b, left, r);
  const a = scaleGram(grams.a, right, r);
  let relative = 0;
  for (let t = 0; t < b.length; t++) relative += b[t] * a[t];
  if (!Number.isFinite(relative)) throw new Error('a Gram matrix is not finite');
  let longest = 0;
  for (let j = 0; j < r; j++) longest += Math.sqrt(b[j * r + j] * a[j * r + j]);
  const degenerate = !(relative > CANCELLATION_TOLERANCE * longest * longest);
  const cancels = unit > 0 && relative < CANCELLING * longest * longest;
  const energy = degenerate ? 0 : relative * unit * unit;
  return { rank: r, b, a, left, right, unit, energy, degenerate, cancels };
}

/** Fills left = s √(‖a‖ / ‖b‖) / g and right = w √(‖b‖ / ‖a‖) / g, with g² = max ‖b_j‖‖a_j‖; returns g². */
function multipliers(grams: Grams, layout: StackLayout, left: Float64Array, right: Float64Array): number {
  const r = layout.rank;
  let unit = 0;
  for (const [k, offset] of layout.offsets.entries()) {
    for (let j = offset; j < offset + layout.ranks[k]; j++) {
      const scale = layout.scales[k];
      const weight = layout.weights[k];
      const lengthB = Math.abs(scale) * Math.sqrt(grams.b[j * r + j]);
      const lengthA = Math.abs(weight) * Math.sqrt(grams.a[j * r + j]);
      if (!(lengthA * lengthB > 0)) continue;
      left[j] = scale * Math.sqrt(lengthA / lengthB);
      right[j] = weight * Math.sqrt(lengthB / lengthA);
      unit = Math.max(unit, lengthA * lengthB);
    }
  }
  if (unit === 0) return 0;
  const g = Math.sqrt(unit);
  for (let j = 0; j < r; j++) {
    left[j] /= g;
    right[j] /= g;
  }
  return unit;
}

function scaleGram(gram: Float64Array, factors: Float64Array, r: number): Float64Array {
  const scaled = new Float64Array(r * r);
  for (let i = 0; i < r; i++) {
    const factor = factors[i];
    for (let j = 0; j < r; j++) scaled[i * r + j] = factor * gram[i * r + j] * factors[j];
  }
  return scaled;
}
