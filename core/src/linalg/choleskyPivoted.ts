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
 * Left-looking, so that each column costs dot products of contiguous rows; a large G in panels, whose product is taken
 * out of the rest at once. G itself stays as it is. LAPACK's dpstrf takes the same steps. Lucas, LAPACK Working Note
 * 161, on the stopping rule.
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
  const rows = new Float64Array(n * n);
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  const residual = Float64Array.from({ length: n }, (_, i) => gram[i * n + i]);
  const threshold = PIVOT_TOLERANCE * residual.reduce((largest, value) => Math.max(largest, value), 0);
  const end = Math.min(n, rankMax);
  const width = n <= WHOLE_MAX ? n : PANEL;
  let rest = gram;
  let panel = 0;
  let rank = 0;
  while (rank < end) {
    const next = argmax(residual, rank);
    if (!(residual[next] > threshold)) break;
    if (rank - panel === width) {
      if (rest === gram) rest = gram.slice();
      await takeOut(multiply, rest, rows, order, panel, rank, n);
      panel = rank;
    }
    swapRows(rows, order, residual, rank, next, n);
    eliminate(rest, rows, order, residual, panel, rank, n);
    rank++;
  }
  return { factor: unpermute(rows, order, n, rank), rank, pivots: order.slice(0, rank) };
}

/** Takes the panel's columns [from, to) of L out of the rows and columns of `rest` that are not pivots yet. */
async function takeOut(
  multiply: Kernel['multiply'],
  rest: Float64Array,
  rows: Float64Array,
  order: Uint32Array,
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
    const row = order[to + i];
    for (let j = 0; j <= i; j++) {
      const other = order[to + j];
      rest[row > other ? row * n + other : other * n + row] -= product[i * left + j];
    }
  }
}

function argmax(values: Float64Array, from: number): number {
  let best = from;
  for (let i = from + 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

function swapRows(
  rows: Float64Array,
  order: Uint32Array,
  residual: Float64Array,
  i: number,
  j: number,
  n: number,
): void {
  if (i === j) return;
  [order[i], order[j]] = [order[j], order[i]];
  [residual[i], residual[j]] = [residual[j], residual[i]];
  for (let k = 0; k < i; k++) {
    const held = rows[i * n + k];
    rows[i * n + k] = rows[j * n + k];
    rows[j * n + k] = held;
  }
}

/** Column k: l_kk = √d_k, l_ik = (g_ik − Σ_{panel≤t<k} l_it l_kt) / l_kk, d_i −= l_ik². */
function eliminate(
  gram: Float64Array,
  rows: Float64Array,
  order: Uint32Array,
  residual: Float64Array,
  panel: number,
  k: number,
  n: number,
): void {
  const diagonal = Math.sqrt(residual[k]);
  const scale = 1 / diagonal;
  const pivot = order[k];
  rows[k * n + k] = diagonal;
  for (let i = k + 1; i < n; i++) {
    const row = order[i];
    const entry = row > pivot ? gram[row * n + pivot] : gram[pivot * n + row];
    const value = (entry - dotRows(rows, i * n + panel, k * n + panel, k - panel)) * scale;
    rows[i * n + k] = value;
    residual[i] -= value * value;
  }
}

/** Four sums at a time: one alone would wait for each addition to finish. */
function dotRows(rows: Float64Array, i: number, j: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let t = 0;
  for (; t + 3 < length; t += 4) {
    s0 += rows[i + t] * rows[j + t];
    s1 += rows[i + t + 1] * rows[j + t + 1];
    s2 += rows[i + t + 2] * rows[j + t + 2];
    s3 += rows[i + t + 3] * rows[j + t + 3];
  }
  for (; t < length; t++) s0 += rows[i + t] * rows[j + t];
  return s0 + s1 + (s2 + s3);
}

function unpermute(rows: Float64Array, order: Uint32Array, n: number, rank: number): Float64Array {
  const factor = new Float64Array(n * rank);
  for (let i = 0; i < n; i++) {
    factor.set(rows.subarray(i * n, i * n + Math.min(i + 1, rank)), order[i] * rank);
  }
  return factor;
}
