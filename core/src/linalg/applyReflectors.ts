import type { Tridiagonal } from './tridiagonalise.js';

/**
 * Turns eigenvectors of T into those of S in place: each row y of `vectors` (count, n) becomes Q y, with
 * Q = H_0 H_1 … of `tridiagonalise`.
 */
export function applyReflectors(tridiagonal: Tridiagonal, vectors: Float64Array, count: number): void {
  const { n, reflectors, taus } = tridiagonal;
  if (vectors.length !== count * n) throw new Error(`${vectors.length} values are not ${count} × ${n}`);
  for (let row = 0; row < count; row++) {
    for (let k = n - 3; k >= 0; k--) {
      if (taus[k] !== 0) reflectOne(vectors, row * n, reflectors, k * n, taus[k], k + 1, n);
    }
  }
}

/** y −= tau (vᵀy) v over columns from … n − 1. */
function reflectOne(
  vectors: Float64Array,
  y: number,
  reflectors: Float64Array,
  v: number,
  tau: number,
  from: number,
  n: number,
): void {
  let inner = 0;
  for (let j = from; j < n; j++) inner += reflectors[v + j] * vectors[y + j];
  const factor = tau * inner;
  for (let j = from; j < n; j++) vectors[y + j] -= factor * reflectors[v + j];
}
