import type { Kernel } from '../kernel/kernel.js';
import { choleskyPivoted } from '../linalg/choleskyPivoted.js';
import { eigenSymmetric } from '../linalg/eigenSymmetric.js';
import { scaleRow } from '../linalg/scaleRow.js';
import { transpose } from '../linalg/transpose.js';
import type { BalancedStack } from './balance.js';
import { CANCELLATION_TOLERANCE, SIGMA_TOLERANCE } from './constants.js';
import type { Decomposition } from './decomposition.js';

export interface DirectDecomposition extends Decomposition {
  /** The factor whose Gram matrix was factored: G = L Lᵀ. */
  readonly factored: 'A' | 'B';
  /** Numerical rank ρ of that factor. */
  readonly factorRank: number;
}

/**
 * All singular values of ΔW (m, n) from the Gram matrices of its stack, in r-space alone.
 *
 * With G_A = L Lᵀ the rows of A are L times orthonormal rows, so ΔW ΔWᵀ = (B L)(B L)ᵀ, whose nonzero eigenvalues
 * are those of M = Lᵀ G_B L. The same holds with A and B exchanged; a stack longer than one side of the matrix
 * takes the factor of the shorter side, whose rank that side bounds.
 *
 * With X the top eigenvectors of M, the rows are Xᵀ Lᵀ of B and diag(σ⁻²) Xᵀ Lᵀ G_B of A; where G_B = L Lᵀ they are
 * diag(σ⁻¹) Xᵀ Lᵀ of A and diag(σ⁻¹) Xᵀ Lᵀ G_A of B.
 */
export async function decomposeDirectly(
  kernel: Kernel,
  stack: BalancedStack,
  shape: readonly [m: number, n: number],
  pathReason: string,
): Promise<DirectDecomposition> {
  const r = stack.rank;
  const [m, n] = shape;
  const ofShorter = m < n && m < r;
  const [own, other] = ofShorter ? [stack.b, stack.a] : [stack.a, stack.b];
  const cholesky = await choleskyPivoted(kernel.multiply, own, r, ofShorter ? m : n);
  const rho = cholesky.rank;
  const factor = transpose(cholesky.factor, r, rho);
  const image = await kernel.multiply(factor, other, rho, r, r);
  const eigen = eigenSymmetric(await kernel.multiply(image, cholesky.factor, rho, r, rho), rho);
  const singularValues = new Float64Array(Math.min(r, m, n));
  const least = leastSquare(eigen.values[0]);
  for (let i = 0; i < Math.min(rho, singularValues.length); i++) {
    if (eigen.values[i] > least) singularValues[i] = stack.unit * Math.sqrt(eigen.values[i]);
  }
  return {
    path: 'gram',
    factored: ofShorter ? 'B' : 'A',
    factorRank: rho,
    pathReason,
    stack,
    singularValues,
    restEnergy: 0,
    async rows(p) {
      const vectors = await eigen.vectors(p, kernel.multiply);
      const direct = await kernel.multiply(vectors, factor, p, rho, r);
      const mapped = await kernel.multiply(vectors, image, p, rho, r);
      for (let i = 0; i < p; i++) {
        const square = eigen.values[i];
        if (ofShorter) scaleRow(direct, i, 1 / Math.sqrt(square), r);
        scaleRow(mapped, i, ofShorter ? 1 / Math.sqrt(square) : 1 / square, r);
      }
      return ofShorter
        ? { ofB: mapped, ofA: direct, lead: direct }
        : { ofB: direct, ofA: mapped, lead: direct };
    },
  };
}

/**
 * Squares up to this, in units of the longest direction, are nothing but its rounding: they count where the longest
 * directions cancel each other, so that it reaches above SIGMA_TOLERANCE of what remains.
 */
function leastSquare(largest: number): number {
  return CANCELLATION_TOLERANCE > SIGMA_TOLERANCE ** 2 * largest ? CANCELLATION_TOLERANCE : 0;
}
