import type { Kernel } from '../kernel/kernel.js';
import { scaleRow } from '../linalg/scaleRow.js';
import { transpose } from '../linalg/transpose.js';

/**
 * Makes the rows of A_g = a A orthonormal without changing B_g A_g, where rounding left them a little off: with
 * W = a G_A aᵀ = R Rᵀ, a becomes R⁻¹ a and bᵀ becomes Rᵀ bᵀ. Rows are taken in order, so that the leading ones, which
 * are right already, stay. `a` and `bTransposed`, of p rows each, change in place; they stay as they are where W is
 * too far from the identity to have a Cholesky factor.
 *
 * @param image a G_A, of the size of `a`; `a` itself where the rows of A are orthonormal
 */
export async function orthonormaliseRows(
  kernel: Kernel,
  image: Float64Array,
  a: Float64Array,
  bTransposed: Float64Array,
  p: number,
): Promise<void> {
  const lengthA = a.length / p;
  const lengthB = bTransposed.length / p;
  const factor = await kernel.multiply(image, transpose(a, p, lengthA), p, lengthA, p);
  if (!cholesky(factor, p)) return;
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < i; j++) addRow(a, i, a, j, -factor[i * p + j], lengthA);
    scaleRow(a, i, 1 / factor[i * p + i], lengthA);
    scaleRow(bTransposed, i, factor[i * p + i], lengthB);
    for (let j = i + 1; j < p; j++) addRow(bTransposed, i, bTransposed, j, factor[j * p + i], lengthB);
  }
}

/** R of W = R Rᵀ in place of W's lower triangle; whether there is one. */
function cholesky(w: Float64Array, p: number): boolean {
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = w[i * p + j];
      for (let k = 0; k < j; k++) sum -= w[i * p + k] * w[j * p + k];
      if (j < i) w[i * p + j] = sum / w[j * p + j];
      else if (sum > 0) w[i * p + i] = Math.sqrt(sum);
      else return false;
    }
  }
  return true;
}

function addRow(to: Float64Array, i: number, from: Float64Array, j: number, factor: number, r: number): void {
  for (let t = 0; t < r; t++) to[i * r + t] += factor * from[j * r + t];
}
