import { openArena } from '../assembly/openArena.js';
import type { Kernel } from '../kernel/kernel.js';
import { transpose } from './transpose.js';

/**
 * A pivot below this share of the largest diagonal element ends the factorisation: 8 units in the last place.
 * What is dropped weighs at most √tolerance ≈ 4e-8 of the factor's largest vector, below the 1e-7 at which a
 * singular value counts as zero. Rounding leaves residuals of about this size after a hundred columns; one that
 * gets in becomes a column no longer than √tolerance, so it can do no more harm than one that is left out.
 */
export const PIVOT_TOLERANCE = 8 * Number.EPSILON;

export interface PivotedCholesky {
  /** L (n, rank), row-major, rows in the order of the matrix: G ≈ L Lᵀ. */
  readonly factor: Float64Array;
  /** Numerical rank ρ. */
  readonly rank: number;
  /** Rows of the matrix in the order in which they were taken; L restricted to them is lower triangular. */
  readonly pivots: Uint32Array;
}

/** Up to this size the columns of L fit a cache, and updating G would only cost. */
const WHOLE_MAX = 256;
/** Columns of a larger L before they are taken out of what remains of G. */
const PANEL = 64;

/**
 * G ≈ L Lᵀ of a positive semidefinite G (n, n) with diagonal pivoting, stopped at its numerical rank or at
 * `rankMax`. Reads the lower triangle and the diagonal.
 *
 * Left-looking, so that each column costs dot products of contiguous rows (assembly/factorColumns.ts); a large G in
 * panels, whose product is taken out of the rest at once. G itself stays as it is. LAPACK's dpstrf takes the same
 * steps. Lucas, LAPACK Working Note 161, on the stopping rule.
 *
 * @param multiply takes the products of panels
 */
export async function choleskyPivoted(
  multiply: Kernel['multiply'],
  gram: Float64Array,
  n: number,
  rankMax = n,
): Promise<PivotedCholesky> {
  if (gram.length !== n * n) throw new Error(`${gram.length} values are not ${n} × ${n}`);
  const arena = openArena(2 * n * n + 2 * n);
  const rest = arena.place(gram);
  const rows = arena.floats(n * n);
  const residual = arena.place(Float64Array.from({ length: n }, (_, i) => gram[i * n + i]));
  const order = arena.indices(n);
  for (let i = 0; i < n; i++) order[i] = i;
  const threshold = PIVOT_TOLERANCE * residual.reduce((largest, value) => Math.max(largest, value), 0);
  const end = Math.min(n, rankMax);
  const width = n <= WHOLE_MAX ? n : PANEL;
  let rank = 0;
  for (let from = 0; from < end; from += width) {
    const to = Math.min(end, from + width);
    rank = arena.factorColumns(
      rest.byteOffset,
      rows.byteOffset,
      order.byteOffset,
      residual.byteOffset,
      n,
      from,
      to,
      threshold,
    );
    if (rank < to) break;
    if (to < end) await takeOut(multiply, rest, rows, from, to, n);
  }
  const factored = { factor: unpermute(rows, order, n, rank), rank, pivots: order.slice(0, rank) };
  arena.release();
  return factored;
}

/** Takes the panel's columns [from, to) of L out of what lies below and right of them in `rest`. */
async function takeOut(
  multiply: Kernel['multiply'],
  rest: Float64Array,
  rows: Float64Array,
  from: number,
  to: number,
  n: number,
): Promise<void> {
  const left = n - to;
  const width = to - from;
  const columns = new Float64Array(left * width);
  for (let i = 0; i < left; i++) {
    columns.set(rows.subarray((to + i) * n + from, (to + i) * n + to), i * width);
  }
  const product = await multiply(columns, transpose(columns, left, width), left, width, left);
  for (let i = 0; i < left; i++) {
    const row = (to + i) * n + to;
    for (let j = 0; j <= i; j++) rest[row + j] -= product[i * left + j];
  }
}

function unpermute(rows: Float64Array, order: Uint32Array, n: number, rank: number): Float64Array {
  const factor = new Float64Array(n * rank);
  for (let i = 0; i < n; i++) {
    factor.set(rows.subarray(i * n, i * n + Math.min(i + 1, rank)), order[i] * rank);
  }
  return factor;
}
