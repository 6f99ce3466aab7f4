import type { Kernel } from '../kernel/kernel.js';
import { scaleRow } from '../linalg/scaleRow.js';
import type { BalancedStack } from './balance.js';
import type { Decomposition } from './decompose.js';
import { orthonormaliseRows } from './orthonormaliseRows.js';

/** An adapter in r-space: B_g = B b and A_g = a Â on the raw stack. */
export interface CoefficientPair {
  /** Published rank p. */
  readonly rank: number;
  /** (r, p), row-major. */
  readonly b: Float64Array;
  /** (p, r), row-major. */
  readonly a: Float64Array;
}

/** Entries within this share of the largest count as largest too, so that rounding does not choose the sign. */
const SIGN_TIE = 1e-6;

/**
 * Rounding leaves rows of A_g orthonormal to ε (σ_1 / σ_p)². Down to this σ_p / σ_1 that is 2e-8, below the rounding of
 * float32; under it they are orthonormalised once more.
 */
const RESOLVED = 1e-4;

/**
 * Coefficients of B_g = U_p S_p and A_g = V_pᵀ over the raw stack, with scales, weights and balance folded in.
 *
 * With X the top eigenvectors of M and G_A = L Lᵀ: C_B = L X and C_A = diag(σ⁻²) Xᵀ Lᵀ G_B. With G_B = L Lᵀ:
 * C_A = diag(σ⁻¹) Xᵀ Lᵀ and C_B = G_A L X diag(σ⁻¹). Each pair of singular vectors takes the sign that makes the
 * largest entry of its row of Xᵀ Lᵀ positive.
 *
 * @param p at most the number of σ above SIGMA_TOLERANCE · σ_1
 */
export async function coefficients(
  kernel: Kernel,
  decomposition: Decomposition,
  p: number,
): Promise<CoefficientPair> {
  const { stack, factored, factorRank, factor, image, eigen } = decomposition;
  const r = stack.rank;
  const vectors = eigen.vectors(p);
  const direct = await kernel.multiply(vectors, factor, p, factorRank, r);
  const mapped = await kernel.multiply(vectors, image, p, factorRank, r);
  const [ofB, ofA] = factored === 'A' ? [direct, mapped] : [mapped, direct];
  for (let i = 0; i < p; i++) {
    const sign = signOf(direct, i * r, r);
    const square = eigen.values[i];
    const sigma = Math.sqrt(square);
    scaleRow(ofB, i, factored === 'A' ? sign : sign / sigma, r);
    scaleRow(ofA, i, factored === 'A' ? sign / square : sign / sigma, r);
  }
  if (eigen.values[p - 1] < RESOLVED * RESOLVED * eigen.values[0]) {
    await orthonormaliseRows(kernel, stack.a, ofA, ofB, p);
  }
  return foldBack(stack, ofB, ofA, p);
}

/** From the balanced stack in its own units to the raw one. */
function foldBack(
  { rank: r, left, right, unit }: BalancedStack,
  ofB: Float64Array,
  ofA: Float64Array,
  p: number,
) {
  const b = new Float64Array(r * p);
  const a = new Float64Array(p * r);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < r; j++) {
      b[j * p + i] = unit * ofB[i * r + j] * left[j];
      a[i * r + j] = ofA[i * r + j] * right[j];
    }
  }
  return { rank: p, b, a };
}

function signOf(values: Float64Array, start: number, length: number): 1 | -1 {
  let largest = 0;
  for (let t = start; t < start + length; t++) largest = Math.max(largest, Math.abs(values[t]));
  for (let t = start; t < start + length; t++) {
    if (Math.abs(values[t]) >= largest * (1 - SIGN_TIE)) return values[t] < 0 ? -1 : 1;
  }
  return 1;
}
