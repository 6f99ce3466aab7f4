import { normTridiagonal, splitTridiagonal } from './splitTridiagonal.js';

/** Sweeps for each eigenvalue on average before giving up; two are usual (LAPACK's dsterf allows 30). */
const SWEEPS_MAX = 30;

/** The eigenvalues of a tridiagonal T and the blocks that they belong to. */
export interface TridiagonalSpectrum {
  /** n eigenvalues, descending. */
  readonly values: Float64Array;
  /** Index into `starts` of the block of each. */
  readonly blocks: Uint32Array;
  /** First row of each block, and n at the end. */
  readonly starts: Uint32Array;
}

/**
 * All eigenvalues of the symmetric tridiagonal T, each to about the rounding of T's norm. Elements beside the
 * diagonal enter by their squares, which must neither overflow nor vanish.
 *
 * Implicit QL without square roots, block by block: Pal, Walker and Kahan's form, in Parlett, The Symmetric
 * Eigenvalue Problem, chapter 8; LAPACK's dsterf.
 *
 * @throws Error when the iteration does not converge
 */
export function eigenvaluesTridiagonal(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
): TridiagonalSpectrum {
  const n = diagonal.length;
  if (offDiagonal.length !== Math.max(0, n - 1))
    throw new Error('T needs n − 1 elements beside its diagonal');
  const starts = splitTridiagonal(diagonal, offDiagonal);
  const negligible = (Number.EPSILON * normTridiagonal(diagonal, offDiagonal)) ** 2;
  const found = new Float64Array(n);
  const blockOf = new Uint32Array(n);
  for (let block = 0; block + 1 < starts.length; block++) {
    const from = starts[block];
    const to = starts[block + 1];
    found.set(blockValues(diagonal, offDiagonal, from, to, negligible), from);
    blockOf.fill(block, from, to);
  }
  const order = Uint32Array.from(found.keys()).sort((i, j) => found[j] - found[i] || i - j);
  return {
    values: Float64Array.from(order, (i) => found[i]),
    blocks: Uint32Array.from(order, (i) => blockOf[i]),
    starts,
  };
}

/** QL finds the top of a block first and likes the small end there: turn the block round where it is not. */
function blockValues(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  from: number,
  to: number,
  negligible: number,
): Float64Array {
  const d = diagonal.slice(from, to);
  const squares = new Float64Array(d.length);
  for (let i = from; i < to - 1; i++) squares[i - from] = offDiagonal[i] * offDiagonal[i];
  const last = d.length - 1;
  if (Math.abs(d[0]) > Math.abs(d[last])) {
    d.reverse();
    squares.subarray(0, last).reverse();
  }
  iterate(d, squares, negligible);
  return d;
}

/** Leaves the eigenvalues in `d`; `squares` are those of the elements beside the diagonal. */
function iterate(d: Float64Array, squares: Float64Array, negligible: number): void {
  let sweepsLeft = SWEEPS_MAX * d.length;
  for (let first = 0; first < d.length; first++) {
    for (;;) {
      let last = first;
      while (last < d.length - 1 && squares[last] > negligible) last++;
      if (last === first) break;
      if (last === first + 1) {
        solveTwo(d, squares, first);
        break;
      }
      if (sweepsLeft-- === 0) throw new Error('the eigenvalue iteration does not converge');
      squares[last] = 0;
      sweepRational(d, squares, first, last);
    }
  }
}

/** Both eigenvalues of [[a, e], [e, c]] at once. */
function solveTwo(d: Float64Array, squares: Float64Array, i: number): void {
  const middle = (d[i] + d[i + 1]) / 2;
  const half = (d[i] - d[i + 1]) / 2;
  const radius = Math.sqrt(half * half + squares[i]);
  d[i] = middle - radius;
  d[i + 1] = middle + radius;
  squares[i] = 0;
}

/** One QL sweep over rows first … last with Wilkinson's shift; `squares[last]` must be 0. */
function sweepRational(d: Float64Array, squares: Float64Array, first: number, last: number): void {
  const shift = wilkinsonShift(d[first], d[first + 1], squares[first]);
  let cosine = 1;
  let sine = 0;
  let gamma = d[last] - shift;
  let p = gamma * gamma;
  for (let i = last - 1; i >= first; i--) {
    const square = squares[i];
    const r = p + square;
    if (i < last - 1) squares[i + 1] = sine * r;
    const cosineBefore = cosine;
    cosine = p / r;
    sine = square / r;
    const gammaBefore = gamma;
    gamma = cosine * (d[i] - shift) - sine * gammaBefore;
    d[i + 1] = gammaBefore + (d[i] - gamma);
    p = cosine !== 0 ? (gamma * gamma) / cosine : cosineBefore * square;
  }
  squares[first] = sine * p;
  d[first] = shift + gamma;
}

/** The eigenvalue of [[a, e], [e, c]] next to a. */
function wilkinsonShift(a: number, c: number, square: number): number {
  const half = (c - a) / 2;
  const radius = Math.sqrt(half * half + square);
  return a - square / (half + (half < 0 ? -radius : radius));
}
