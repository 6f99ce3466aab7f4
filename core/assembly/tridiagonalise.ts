import { addScaled, at, dot, PAIR, rowAt, scale } from './vectors';

/** Squares that add up to less have lost digits to underflow; next to elements of ordinary size they are zero. */
const TAIL_MIN = 2.0 ** -900;

/**
 * Householder tridiagonalisation of the symmetric S (n, n) at `work`, whose upper triangle is read. Afterwards row k
 * of `work` holds v of H_k = I − tau_k v vᵀ in columns k + 1 … n − 1.
 *
 * Golub and Van Loan, Matrix Computations, algorithm 8.3.1. Each rank-two update S −= v wᵀ + w vᵀ waits for the next
 * step and is applied in the same sweep that multiplies with the next v, so that the matrix passes through the cache
 * once.
 *
 * @param diagonal receives n elements
 * @param offDiagonal receives n − 1 elements
 * @param taus receives n elements; 0 where H_k is the identity
 * @param scratch of 4 n elements
 */
export function tridiagonalise(
  work: usize,
  n: i32,
  diagonal: usize,
  offDiagonal: usize,
  taus: usize,
  scratch: usize,
): void {
  memory.fill(scratch, 0, at(0, 4 * n));
  let pendingV = scratch;
  let pendingW = at(scratch, n);
  let v = at(scratch, 2 * n);
  let w = at(scratch, 3 * n);
  for (let k = 0; k < n; k++) {
    const row = rowAt(work, k, n);
    addScaled(at(row, k), -load<f64>(at(pendingV, k)), at(pendingW, k), n - k);
    addScaled(at(row, k), -load<f64>(at(pendingW, k)), at(pendingV, k), n - k);
    store<f64>(at(diagonal, k), load<f64>(at(row, k)));
    store<f64>(at(taus, k), 0);
    if (k === n - 1) break;
    const rest = at(row, k + 1);
    const length = n - k - 1;
    const tau = k < n - 2 ? reflect(rest, length) : 0;
    store<f64>(at(taus, k), tau);
    store<f64>(at(offDiagonal, k), load<f64>(rest));
    if (k === n - 2) continue;
    store<f64>(rest, 1);
    memory.copy(at(v, k + 1), rest, at(0, length));
    memory.fill(at(w, k + 1), 0, at(0, length));
    sweep(work, n, k + 1, pendingV, pendingW, v, w);
    finishUpdate(at(v, k + 1), at(w, k + 1), tau, length);
    let held = pendingV;
    pendingV = v;
    v = held;
    held = pendingW;
    pendingW = w;
    w = held;
  }
}

/** Replaces x by [beta, v_1, v_2, …] with v_0 = 1 and (I − tau v vᵀ) x = beta e_0; returns tau. */
function reflect(x: usize, length: i32): f64 {
  const tail = at(x, 1);
  const squares = dot(tail, tail, length - 1);
  if (squares < TAIL_MIN) return 0;
  const alpha = load<f64>(x);
  const norm = Math.sqrt(alpha * alpha + squares);
  const beta = alpha > 0 ? -norm : norm;
  scale(tail, 1 / (alpha - beta), length - 1);
  store<f64>(x, beta);
  return (beta - alpha) / beta;
}

/** Applies the pending update to S[from …, from …] and adds S v to w, two rows at a time. */
function sweep(work: usize, n: i32, from: i32, pendingV: usize, pendingW: usize, v: usize, w: usize): void {
  let i = from;
  for (; i + 1 < n; i += 2) {
    sweepRows(at(rowAt(work, i, n), i), n, n - i, at(pendingV, i), at(pendingW, i), at(v, i), at(w, i));
  }
  if (i === n) return;
  const last = at(rowAt(work, i, n), i);
  const s = load<f64>(last) - 2 * load<f64>(at(pendingV, i)) * load<f64>(at(pendingW, i));
  store<f64>(last, s);
  store<f64>(at(w, i), load<f64>(at(w, i)) + s * load<f64>(at(v, i)));
}

/** Both rows of S that begin at the diagonal element `row`, with `length` columns; vectors begin there too. */
function sweepRows(row: usize, n: i32, length: i32, pv: usize, pw: usize, v: usize, w: usize): void {
  const below = at(row, n);
  const a = load<f64>(pv);
  const b = load<f64>(pw);
  const c = load<f64>(pv, 8);
  const d = load<f64>(pw, 8);
  const x0 = load<f64>(v);
  const x1 = load<f64>(v, 8);
  const s00 = load<f64>(row) - 2 * a * b;
  const s01 = load<f64>(row, 8) - (a * d + b * c);
  const s11 = load<f64>(below, 8) - 2 * c * d;
  store<f64>(row, s00);
  store<f64>(row, s01, 8);
  store<f64>(below, s11, 8);
  let y0 = s00 * x0 + s01 * x1;
  let y1 = s01 * x0 + s11 * x1;
  const aa = f64x2.splat(a);
  const bb = f64x2.splat(b);
  const cc = f64x2.splat(c);
  const dd = f64x2.splat(d);
  const xx0 = f64x2.splat(x0);
  const xx1 = f64x2.splat(x1);
  let yy0 = f64x2.splat(0);
  let yy1 = f64x2.splat(0);
  const end = at(0, length);
  let j = PAIR;
  for (; j + PAIR <= end; j += PAIR) {
    const pvj = v128.load(pv + j);
    const pwj = v128.load(pw + j);
    const xj = v128.load(v + j);
    const s0 = f64x2.sub(v128.load(row + j), f64x2.add(f64x2.mul(aa, pwj), f64x2.mul(bb, pvj)));
    const s1 = f64x2.sub(v128.load(below + j), f64x2.add(f64x2.mul(cc, pwj), f64x2.mul(dd, pvj)));
    v128.store(row + j, s0);
    v128.store(below + j, s1);
    yy0 = f64x2.add(yy0, f64x2.mul(s0, xj));
    yy1 = f64x2.add(yy1, f64x2.mul(s1, xj));
    const along = f64x2.add(f64x2.mul(s0, xx0), f64x2.mul(s1, xx1));
    v128.store(w + j, f64x2.add(v128.load(w + j), along));
  }
  if (j < end) {
    const s0 = load<f64>(row + j) - (a * load<f64>(pw + j) + b * load<f64>(pv + j));
    const s1 = load<f64>(below + j) - (c * load<f64>(pw + j) + d * load<f64>(pv + j));
    store<f64>(row + j, s0);
    store<f64>(below + j, s1);
    y0 += s0 * load<f64>(v + j);
    y1 += s1 * load<f64>(v + j);
    store<f64>(w + j, load<f64>(w + j) + s0 * x0 + s1 * x1);
  }
  y0 += f64x2.extract_lane(yy0, 0) + f64x2.extract_lane(yy0, 1);
  y1 += f64x2.extract_lane(yy1, 0) + f64x2.extract_lane(yy1, 1);
  store<f64>(w, load<f64>(w) + y0);
  store<f64>(w, load<f64>(w, 8) + y1, 8);
}

/** From S v to w = tau S v − (tau² vᵀS v / 2) v, with which H S H = S − v wᵀ − w vᵀ. */
function finishUpdate(v: usize, w: usize, tau: f64, length: i32): void {
  const half = (tau * tau * dot(w, v, length)) / 2;
  scale(w, tau, length);
  addScaled(w, -half, v, length);
}
