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

/** From so many values on, products turn the vectors sooner than one reflector after the other. */
const BLOCKED_MIN = 2 ** 13;

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
  if (matrix.length !== n * n) throw new Error(`${matrix.length} values are not ${n} × ${n}`);
  const unit = unitOf(matrix);
  const reduced = tridiagonalise(scaled(matrix, 1 / unit), n);
  const { diagonal, offDiagonal } = reduced;
  const spectrum = eigenvaluesTridiagonal(diagonal, offDiagonal);
  return {
    values: scaled(spectrum.values, unit),
    async vectors(p, multiply) {
      const vectors =
        eigenvectorsTridiagonal(diagonal, offDiagonal, spectrum, p) ??
        eigenvectorsQl(diagonal, offDiagonal, spectrum, p);
      if (vectors.length < BLOCKED_MIN) applyReflectors(reduced, vectors, p);
      else await applyReflectorBlocks(multiply, reduced, vectors, p);
      return vectors;
    },
  };
}

/** Exponents of two that a scale and its reciprocal can both have. */
const EXPONENT_MAX = 1000;

/** A power of two near the largest element, so that scaling is exact and squares neither overflow nor vanish. */
function unitOf(matrix: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < matrix.length; i++) {
    const magnitude = Math.abs(matrix[i]);
    if (!(magnitude < Number.POSITIVE_INFINITY)) throw new Error('a matrix to be decomposed is not finite');
    if (magnitude > largest) largest = magnitude;
  }
  if (largest === 0) return 1;
  const exponent = Math.round(Math.log2(largest));
  return 2 ** Math.max(-EXPONENT_MAX, Math.min(EXPONENT_MAX, exponent));
}

function scaled(values: Float64Array, factor: number): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = values[i] * factor;
  return out;
}
