import type { Kernel } from '../kernel/kernel.js';
import { scaleRow } from '../linalg/scaleRow.js';
import type { BalancedStack } from './balance.js';
import type { Decomposition } from './decomposition.js';
import { orthonormaliseRows } from './orthonormaliseRows.js';
import { signOf } from './signOf.js';

/** An adapter in r-space: B_g = B b and A_g = a Â on the raw stack. */
export interface CoefficientPair {
  /** Published rank p. */
  readonly rank: number;
  /** (r, p), row-major. */
  readonly b: Float64Array;
  /** (p, r), row-major. */
  readonly a: Float64Array;
}

/**
 * Rounding leaves rows of A_g orthonormal to ε (σ_1 / σ_p)². Down to this σ_p / σ_1 that is 2e-8, below the rounding of
 * float32; under it they are orthonormalised once more.
 */
export const RESOLVED = 1e-4;

/**
 * Coefficients of B_g = U_p S_p and A_g = V_pᵀ over the raw stack, with scales, weights and balance folded in. Each
 * pair of singular vectors takes the sign that makes the largest entry of its leading row positive.
 *
 * @param p at most the number of σ above SIGMA_TOLERANCE · σ_1
 * @param shift multiplies B_g and divides A_g: see rangeShift
 */
export async function coefficients(
  kernel: Kernel,
  { stack, singularValues, rows }: Decomposition,
  p: number,
  shift = 1,
): Promise<CoefficientPair> {
  const r = stack.rank;
  const { ofB, ofA, lead } = await rows(p);
  for (let i = 0; i < p; i++) {
    const sign = signOf(lead, i * r, r);
    scaleRow(ofB, i, sign, r);
    scaleRow(ofA, i, sign, r);
  }
  if (singularValues[p - 1] < RESOLVED * singularValues[0]) {
    const image = await kernel.multiply(ofA, stack.a, p, r, r);
    await orthonormaliseRows(kernel, image, ofA, ofB, p);
  }
  return foldBack(stack, ofB, ofA, p, shift);
}

/** From the balanced stack in its own units to the raw one. */
function foldBack(
  { rank: r, left, right, unit }: BalancedStack,
  ofB: Float64Array,
  ofA: Float64Array,
  p: number,
  shift: number,
) {
  const b = new Float64Array(r * p);
  const a = new Float64Array(p * r);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < r; j++) {
      b[j * p + i] = shift * unit * ofB[i * r + j] * left[j];
      a[i * r + j] = (ofA[i * r + j] * right[j]) / shift;
    }
  }
  return { rank: p, b, a };
}
