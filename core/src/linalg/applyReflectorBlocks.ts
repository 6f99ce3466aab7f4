import type { Kernel } from '../kernel/kernel.js';
import { transpose } from './transpose.js';
import type { Tridiagonal } from './tridiagonalise.js';

/** Reflectors that become one product. */
const BLOCK = 64;

/**
 * The same as applyReflectors, by products: the reflectors of a block are I − Wᵀ T W together, with W (block, n) their
 * vectors as rows and T upper triangular (Schreiber and Van Loan, 1989; LAPACK's dlarft).
 */
export async function applyReflectorBlocks(
  multiply: Kernel['multiply'],
  tridiagonal: Tridiagonal,
  vectors: Float64Array,
  count: number,
): Promise<void> {
  const { n, taus } = tridiagonal;
  if (vectors.length !== count * n) throw new Error(`${vectors.length} values are not ${count} × ${n}`);
  for (let end = n - 2; end > 0; end -= BLOCK) {
    const begin = Math.max(0, end - BLOCK);
    const size = end - begin;
    const w = vectorsOf(tridiagonal, begin, size);
    const across = transpose(w, size, n);
    const t = triangleOf(await multiply(w, across, size, n, size), taus.subarray(begin, end));
    const right = await multiply(transpose(t, size, size), w, size, size, n);
    const along = await multiply(vectors, across, count, n, size);
    const change = await multiply(along, right, count, size, n);
    for (let i = 0; i < vectors.length; i++) vectors[i] -= change[i];
  }
}

/** W: the vectors of the reflectors from `begin` on, (size, n), zero where a reflector leaves things alone. */
function vectorsOf({ n, reflectors }: Tridiagonal, begin: number, size: number): Float64Array {
  const w = new Float64Array(size * n);
  for (let i = 0; i < size; i++) {
    const k = begin + i;
    w.set(reflectors.subarray(k * n + k + 1, (k + 1) * n), i * n + k + 1);
  }
  return w;
}

/** T (size, size): t_jj = tau_j, and above it column j is −tau_j T g_j, with g = W Wᵀ. */
function triangleOf(inner: Float64Array, taus: Float64Array): Float64Array {
  const size = taus.length;
  const t = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < j; i++) {
      let sum = 0;
      for (let l = i; l < j; l++) sum += t[i * size + l] * inner[l * size + j];
      t[i * size + j] = -taus[j] * sum;
    }
    t[j * size + j] = taus[j];
  }
  return t;
}
