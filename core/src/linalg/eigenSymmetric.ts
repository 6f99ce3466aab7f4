import type { Kernel } from '../kernel/kernel.js';
import { applyReflectorBlocks } from './applyReflectorBlocks.js';
import { applyReflectors } from './applyReflectors.js';
import { eigenvaluesTridiagonal } from './eigenvaluesTridiagonal.js';
import { eigenvectorsQl } from './eigenvectorsQl.js';
import { eigenvectorsTridiagonal } from './eigenvectorsTridiagonal.js';
import { tridiagonalise } from './tridiagonalise.js';

export interface SymmetricEigen {
  /** n eigenvalues, descending. */
  readonly values: Float64Array;
  /**
   * Orthonormal eigenvectors of the p largest, as the rows of a (p, n) matrix.
   * @param multiply takes the larger products
   */
  vectors(p: number, multiply: Kernel['multiply']): Promise<Float64Array>;
}

/** From so many vectors on, products turn them sooner than one reflector after the other. */
const BLOCKED_MIN = 128;

/**
 * Eigenvalues of the symmetric S (n, n), row-major, at once, and eigenvectors of the largest when asked for.
 * Reads the upper triangle. Values are right to a few roundings of ‖S‖, vectors orthonormal and with residuals
 * of the same size. The same S gives the same bytes.
 *
 * Tridiagonalisation, rational QL for the values, inverse iteration and back-transformation for the vectors.
 *
 * @throws Error when S holds NaN or infinity
 */
export function eigenSymmetric(matrix: Float64Array, n: number): SymmetricEigen {
  const reduced = tridiagonalise(matrix, n);
  const { unit, diagonal, offDiagonal } = reduced;
  const spectrum = eigenvaluesTridiagonal(diagonal, offDiagonal);
  return {
    values: spectrum.values.map((value) => value * unit),
    async vectors(p, multiply) {
      const vectors =
        eigenvectorsTridiagonal(diagonal, offDiagonal, spectrum, p) ??
        eigenvectorsQl(diagonal, offDiagonal, spectrum, p);
      if (p < BLOCKED_MIN) applyReflectors(reduced, vectors, p);
      else await applyReflectorBlocks(multiply, reduced, vectors, p);
      return vectors;
    },
  };
}
