import { openArena } from '../assembly/openArena.js';
import type { Tridiagonal } from './tridiagonalise.js';

/**
 * Turns eigenvectors of T into those of S in place: each row y of `vectors` (count, n) becomes Q y, with
 * Q = H_0 H_1 … of `tridiagonalise`.
 */
export function applyReflectors(tridiagonal: Tridiagonal, vectors: Float64Array, count: number): void {
  const { n } = tridiagonal;
  if (vectors.length !== count * n) throw new Error(`${vectors.length} values are not ${count} × ${n}`);
  const arena = openArena(n * n + n + count * n);
  const reflectors = arena.place(tridiagonal.reflectors);
  const taus = arena.place(tridiagonal.taus);
  const turned = arena.place(vectors);
  arena.applyReflectors(reflectors.byteOffset, taus.byteOffset, n, turned.byteOffset, count);
  vectors.set(turned);
  arena.release();
}
