import { addScaled, at, dot, rowAt } from './vectors';

/**
 * Each row y of `vectors` (count, n) becomes Q y, with the Q = H_0 H_1 … that `tridiagonalise` left in `reflectors`
 * and `taus`. The rows take one reflector after the other together, while it is in the nearest cache.
 */
export function applyReflectors(reflectors: usize, taus: usize, n: i32, vectors: usize, count: i32): void {
  for (let k = n - 3; k >= 0; k--) {
    const tau = load<f64>(at(taus, k));
    if (tau === 0) continue;
    const v = at(rowAt(reflectors, k, n), k + 1);
    const length = n - k - 1;
    for (let row = 0; row < count; row++) {
      const y = at(rowAt(vectors, row, n), k + 1);
      addScaled(y, -tau * dot(v, y, length), v, length);
    }
  }
}
