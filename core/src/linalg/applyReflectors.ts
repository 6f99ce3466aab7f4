import type { Tridiagonal } from './tridiagonalise.js';

/**
 * Turns eigenvectors of T into those of S in place: each row y of `vectors` (count, n) becomes Q y, with
 * Q = H_0 H_1 … of `tridiagonalise`. Four rows pass through a reflector together, since the additions of one alone wait
 * for each other; each row takes the same steps either way.
 */
export function applyReflectors(tridiagonal: Tridiagonal, vectors: Float64Array, count: number): void {
  const { n, reflectors, taus } = tridiagonal;
  if (vectors.length !== count * n) throw new Error(`${vectors.length} values are not ${count} × ${n}`);
  let row = 0;
  for (; row + 3 < count; row += 4) {
    for (let k = n - 3; k >= 0; k--) {
      if (taus[k] !== 0) reflectFour(vectors, row * n, reflectors, k * n, taus[k], k + 1, n);
    }
  }
  for (; row < count; row++) {
    for (let k = n - 3; k >= 0; k--) {
      if (taus[k] !== 0) reflectOne(vectors, row * n, reflectors, k * n, taus[k], k + 1, n);
    }
  }
}

/** The same as reflectOne for the four rows from y on. */
function reflectFour(
  vectors: Float64Array,
  y: number,
  reflectors: Float64Array,
  v: number,
  tau: number,
  from: number,
  n: number,
): void {
  const [y1, y2, y3] = [y + n, y + 2 * n, y + 3 * n];
  let inner0 = 0;
  let inner1 = 0;
  let inner2 = 0;
  let inner3 = 0;
  for (let j = from; j < n; j++) {
    const vj = reflectors[v + j];
    inner0 += vj * vectors[y + j];
    inner1 += vj * vectors[y1 + j];
    inner2 += vj * vectors[y2 + j];
    inner3 += vj * vectors[y3 + j];
  }
  inner0 *= tau;
  inner1 *= tau;
  inner2 *= tau;
  inner3 *= tau;
  for (let j = from; j < n; j++) {
    const vj = reflectors[v + j];
    vectors[y + j] -= inner0 * vj;
    vectors[y1 + j] -= inner1 * vj;
    vectors[y2 + j] -= inner2 * vj;
    vectors[y3 + j] -= inner3 * vj;
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
