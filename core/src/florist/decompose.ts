import type { Kernel } from '../kernel/kernel.js';
import { choleskyPivoted } from '../linalg/choleskyPivoted.js';
import { eigenSymmetric, type SymmetricEigen } from '../linalg/eigenSymmetric.js';
import { transpose } from '../linalg/transpose.js';
import type { BalancedStack } from './balance.js';

/** The spectrum of one module and what its singular vectors are made of. */
export interface Decomposition {
  readonly stack: BalancedStack;
  /** The factor whose Gram matrix was factored: G = L Lᵀ. */
  readonly factored: 'A' | 'B';
  /** Numerical rank ρ of that factor. */
  readonly factorRank: number;
  /** Lᵀ (ρ, r). */
  readonly factor: Float64Array;
  /** Lᵀ G (ρ, r), G of the other factor. */
  readonly image: Float64Array;
  /** Of M = Lᵀ G L (ρ, ρ); its eigenvalues are (σ_i / unit)². */
  readonly eigen: SymmetricEigen;
  /** σ of ΔW, descending, min(r, m, n) of them. */
  readonly singularValues: Float64Array;
}

/**
 * Singular values of ΔW (m, n) from the Gram matrices of its stack, in r-space alone.
 *
 * With G_A = L Lᵀ the rows of A are L times orthonormal rows, so ΔW ΔWᵀ = (B L)(B L)ᵀ, whose nonzero eigenvalues
 * are those of M = Lᵀ G_B L. The same holds with A and B exchanged; a stack longer than one side of the matrix
 * takes the factor of the shorter side, whose rank that side bounds.
 */
export async function decompose(
  kernel: Kernel,
  stack: BalancedStack,
  shape: readonly [m: number, n: number],
): Promise<Decomposition> {
  const r = stack.rank;
  const [m, n] = shape;
  const factored = m < n && m < r ? 'B' : 'A';
  const [own, other] = factored === 'A' ? [stack.a, stack.b] : [stack.b, stack.a];
  const cholesky = choleskyPivoted(own, r, factored === 'A' ? n : m);
  const rho = cholesky.rank;
  const factor = transpose(cholesky.factor, r, rho);
  const image = await kernel.multiply(factor, other, rho, r, r);
  const eigen = eigenSymmetric(await kernel.multiply(image, cholesky.factor, rho, r, rho), rho);
  const singularValues = new Float64Array(Math.min(r, m, n));
  for (let i = 0; i < Math.min(rho, singularValues.length); i++) {
    singularValues[i] = stack.unit * Math.sqrt(Math.max(0, eigen.values[i]));
  }
  return { stack, factored, factorRank: rho, factor, image, eigen, singularValues };
}
