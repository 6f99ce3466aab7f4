import { at, dot, rowAt, swap } from './vectors';

/**
 * Columns `from` … `to` − 1 of L in G ≈ L Lᵀ, with diagonal pivoting: l_kk = √d_k,
 * l_ik = (g_ik − Σ_{from≤t<k} l_it l_kt) / l_kk, d_i −= l_ik². Of G (n, n) the lower triangle is read; what columns
 * before `from` take out of it is out of it already.
 *
 * @param rows L (n, n), its rows in the order of `order`; swapped with their pivots
 * @param order n indices (u32) of rows of G in the order in which they are taken
 * @param residual n elements, what is left of the diagonal of G, in that order
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
    const next = largest(residual, k, n);
    if (!(load<f64>(at(residual, next)) > threshold)) return k;
    if (next !== k) {
      swap(at(residual, k), at(residual, next), 1);
      swap(rowAt(rows, k, n), rowAt(rows, next, n), k);
      swapIndices(indexAt(order, k), indexAt(order, next));
    }
    eliminate(gram, rows, order, residual, n, from, k);
  }
  return to;
}

function eliminate(gram: usize, rows: usize, order: usize, residual: usize, n: i32, from: i32, k: i32): void {
  const own = at(rowAt(rows, k, n), from);
  const length = k - from;
  const diagonal = Math.sqrt(load<f64>(at(residual, k)));
  const inverse = 1 / diagonal;
  const pivot = load<u32>(indexAt(order, k));
  store<f64>(at(own, length), diagonal);
  for (let i = k + 1; i < n; i++) {
    const row = load<u32>(indexAt(order, i));
    const entry = row > pivot ? at(rowAt(gram, row, n), pivot) : at(rowAt(gram, pivot, n), row);
    const other = at(rowAt(rows, i, n), from);
    const value = (load<f64>(entry) - dot(other, own, length)) * inverse;
    store<f64>(at(other, length), value);
    const left = at(residual, i);
    store<f64>(left, load<f64>(left) - value * value);
  }
}

function largest(values: usize, from: i32, n: i32): i32 {
  let best = from;
  for (let i = from + 1; i < n; i++) {
    if (load<f64>(at(values, i)) > load<f64>(at(values, best))) best = i;
  }
  return best;
}

function indexAt(indices: usize, index: i32): usize {
  return indices + <usize>index * sizeof<u32>();
}

function swapIndices(x: usize, y: usize): void {
  const held = load<u32>(x);
  store<u32>(x, load<u32>(y));
  store<u32>(y, held);
}
