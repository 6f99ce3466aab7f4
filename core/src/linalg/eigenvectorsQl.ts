import type { TridiagonalSpectrum } from './eigenvaluesTridiagonal.js';
import { normTridiagonal } from './splitTridiagonal.js';

/** Sweeps for each eigenvalue on average before giving up; two are usual. */
const SWEEPS_MAX = 30;

/**
 * Orthonormal eigenvectors of the p largest eigenvalues of a tridiagonal T, as the rows of a (p, n) matrix.
 * Slower than inverse iteration, since it makes all vectors of a block, but orthogonal whatever T is.
 *
 * Implicit QL with every rotation applied to the vectors: Golub and Van Loan, Matrix Computations, section 8.3.
 *
 * @throws Error when the iteration does not converge
 */
export function eigenvectorsQl(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  spectrum: TridiagonalSpectrum,
  p: number,
): Float64Array {
  const n = diagonal.length;
  if (p > n) throw new Error(`a matrix of order ${n} has no ${p} eigenvectors`);
  const vectors = new Float64Array(p * n);
  const negligible = Number.EPSILON * normTridiagonal(diagonal, offDiagonal);
  for (const [block, wanted] of rowsByBlock(spectrum, p)) {
    const from = spectrum.starts[block];
    const size = spectrum.starts[block + 1] - from;
    const values = diagonal.slice(from, from + size);
    const beside = new Float64Array(size);
    beside.set(offDiagonal.subarray(from, from + size - 1));
    const all = diagonalise(values, beside, negligible);
    const order = [...values.keys()].sort((i, j) => values[j] - values[i] || i - j);
    for (const [rank, row] of wanted.entries()) {
      const start = order[rank] * size;
      vectors.set(all.subarray(start, start + size), row * n + from);
    }
  }
  return vectors;
}

/** The wanted rows of each block, the block's largest eigenvalue first. */
function rowsByBlock(spectrum: TridiagonalSpectrum, p: number): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  for (let row = 0; row < p; row++) {
    const block = spectrum.blocks[row];
    const own = rows.get(block);
    if (own === undefined) rows.set(block, [row]);
    else own.push(row);
  }
  return rows;
}

/** Leaves the eigenvalues in `d`; returns their vectors as rows. */
function diagonalise(d: Float64Array, beside: Float64Array, negligible: number): Float64Array {
  const size = d.length;
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) vectors[i * size + i] = 1;
  let sweepsLeft = SWEEPS_MAX * size;
  for (let first = 0; first < size; first++) {
    for (;;) {
      let last = first;
      while (last < size - 1 && Math.abs(beside[last]) > negligible) last++;
      if (last === first) break;
      if (sweepsLeft-- === 0) throw new Error('the eigenvector iteration does not converge');
      sweep(d, beside, vectors, first, last);
    }
  }
  return vectors;
}

/** Chases a bulge from row `last` up to `first`, with Wilkinson's shift. */
function sweep(
  d: Float64Array,
  beside: Float64Array,
  vectors: Float64Array,
  first: number,
  last: number,
): void {
  const size = d.length;
  const half = (d[first + 1] - d[first]) / (2 * beside[first]);
  const root = Math.hypot(half, 1);
  let bulge = d[last] - d[first] + beside[first] / (half + (half < 0 ? -root : root));
  let cosine = 1;
  let sine = 1;
  let carried = 0;
  for (let i = last - 1; i >= first; i--) {
    const f = sine * beside[i];
    const g = cosine * beside[i];
    const r = Math.hypot(f, bulge);
    beside[i + 1] = r;
    if (r === 0) {
      d[i + 1] -= carried;
      beside[last] = 0;
      return;
    }
    sine = f / r;
    cosine = bulge / r;
    const gap = d[i + 1] - carried;
    const mixed = (d[i] - gap) * sine + 2 * cosine * g;
    carried = sine * mixed;
    d[i + 1] = gap + carried;
    bulge = cosine * mixed - g;
    rotateRows(vectors, i * size, size, cosine, sine);
  }
  d[first] -= carried;
  beside[first] = bulge;
  beside[last] = 0;
}

/** [row; next] ← [c −s; s c] [row; next]. */
function rotateRows(vectors: Float64Array, row: number, size: number, cosine: number, sine: number): void {
  const next = row + size;
  for (let t = 0; t < size; t++) {
    const upper = vectors[row + t];
    const lower = vectors[next + t];
    vectors[next + t] = sine * upper + cosine * lower;
    vectors[row + t] = cosine * upper - sine * lower;
  }
}
