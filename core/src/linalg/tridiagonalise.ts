import { openArena } from '../assembly/openArena.js';

/** Qᵀ S Q = unit · T: a symmetric matrix brought to tridiagonal form by Q = H_0 H_1 … H_{n−3}. */
export interface Tridiagonal {
  readonly n: number;
  /** A power of two near the largest element of S, so that squares in T neither overflow nor vanish. */
  readonly unit: number;
  /** n diagonal elements of T. */
  readonly diagonal: Float64Array;
  /** n − 1 elements beside the diagonal. */
  readonly offDiagonal: Float64Array;
  /** (n, n): row k holds v of H_k = I − tau_k v vᵀ in columns k + 1 … n − 1; the rest is scratch. */
  readonly reflectors: Float64Array;
  /** tau_k; 0 where H_k is the identity. */
  readonly taus: Float64Array;
}

/** Vectors of n numbers beside the matrix: diagonal, off-diagonal, taus and the scratch of four. */
const VECTORS = 7;

/**
 * Householder tridiagonalisation of the symmetric S (n, n), row-major; reads the upper triangle only. See
 * assembly/tridiagonalise.ts.
 *
 * @throws Error when S holds NaN or infinity
 */
export function tridiagonalise(matrix: Float64Array, n: number): Tridiagonal {
  if (matrix.length !== n * n) throw new Error(`${matrix.length} values are not ${n} × ${n}`);
  const arena = openArena(n * n + VECTORS * n);
  const work = arena.place(matrix);
  const unit = unitOf(arena.largest(work.byteOffset, work.length));
  arena.scale(work.byteOffset, 1 / unit, work.length);
  const diagonal = arena.floats(n);
  const offDiagonal = arena.floats(Math.max(0, n - 1));
  const taus = arena.floats(n);
  const scratch = arena.floats(4 * n);
  arena.tridiagonalise(
    work.byteOffset,
    n,
    diagonal.byteOffset,
    offDiagonal.byteOffset,
    taus.byteOffset,
    scratch.byteOffset,
  );
  const reduced = {
    n,
    unit,
    diagonal: diagonal.slice(),
    offDiagonal: offDiagonal.slice(),
    reflectors: work.slice(),
    taus: taus.slice(),
  };
  arena.release();
  return reduced;
}

/** Exponents of two that a scale and its reciprocal can both have. */
const EXPONENT_MAX = 1000;

/** A power of two near `largest`, so that scaling by it is exact. */
function unitOf(largest: number): number {
  if (!Number.isFinite(largest)) throw new Error('a matrix to be decomposed is not finite');
  if (largest === 0) return 1;
  const exponent = Math.round(Math.log2(largest));
  return 2 ** Math.max(-EXPONENT_MAX, Math.min(EXPONENT_MAX, exponent));
}
