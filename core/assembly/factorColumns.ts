import { at, DOUBLE, dot, rowAt, swap } from './vectors';

/**
 * Columns `from` … `to` − 1 of L in G ≈ L Lᵀ, with diagonal pivoting: l_kk = √d_k,
 * l_ik = (g_ik − Σ_{from≤t<k} l_it l_kt) / l_kk, d_i −= l_ik². What columns before `from` take out of G is out of it
 * already.
 *
 * Pivots are brought to the front: rows of `rows`, `residual` and `order` change places, and so do those rows and
 * columns of G that are still to be read.
 *
 * @param gram G (n, n), whose lower triangle is read
 * @param rows L (n, n)
 * @param order n indices (u32) of rows of the matrix that G was in the beginning
 * @param residual n elements, what is left of the diagonal of G
 * @returns the columns reached: `to`, or fewer where no pivot above `threshold` is left
 */
export function factorColumns(
  gram: usize,
  rows: usize,
  order: usize,
  residual: usize,
  n: i32,
  from: i32,
  to: i32,
  threshold: f64,
): i32 {
  for (let k = from; k < to; k++) {
    const next = indexOfLargest(residual, k, n);
    if (!(load<f64>(at(residual, next)) > threshold)) return k;
    if (next !== k) {
      swap(at(residual, k), at(residual, next), 1);
      swap(rowAt(rows, k, n), rowAt(rows, next, n), k);
      swapIndices(order, k, next);
      swapSymmetric(gram, n, k, next);
    }
    eliminate(gram, rows, residual, n, from, k);
  }
  return to;
}

function eliminate(gram: usize, rows: usize, residual: usize, n: i32, from: i32, k: i32): void {
  const own = at(rowAt(rows, k, n), from);
  const length = k - from;
  const diagonal = Math.sqrt(load<f64>(at(residual, k)));
  const inverse = 1 / diagonal;
  store<f64>(at(own, length), diagonal);
  for (let i = k + 1; i < n; i++) {
    const other = at(rowAt(rows, i, n), from);
    const value = (load<f64>(at(rowAt(gram, i, n), k)) - dot(other, own, length)) * inverse;
    store<f64>(at(other, length), value);
    const left = at(residual, i);
    store<f64>(left, load<f64>(left) - value * value);
  }
}

/** Exchanges rows and columns k < next of G, of which only what lies below row k and right of column k matters yet. */
function swapSymmetric(gram: usize, n: i32, k: i32, next: i32): void {
  const stride = at(0, n);
  let ofK = at(rowAt(gram, k + 1, n), k);
  for (
    let ofNext = at(rowAt(gram, next, n), k + 1);
    ofNext < at(rowAt(gram, next, n), next);
    ofNext += DOUBLE
  ) {
    swap(ofK, ofNext, 1);
    ofK += stride;
  }
  for (let i = next + 1; i < n; i++) swap(at(rowAt(gram, i, n), k), at(rowAt(gram, i, n), next), 1);
}

function indexOfLargest(values: usize, from: i32, n: i32): i32 {
  let best = from;
  for (let i = from + 1; i < n; i++) {
    if (load<f64>(at(values, i)) > load<f64>(at(values, best))) best = i;
  }
  return best;
}

function swapIndices(indices: usize, i: i32, j: i32): void {
  const x = indices + <usize>i * sizeof<u32>();
  const y = indices + <usize>j * sizeof<u32>();
  const held = load<u32>(x);
  store<u32>(x, load<u32>(y));
  store<u32>(y, held);
}
