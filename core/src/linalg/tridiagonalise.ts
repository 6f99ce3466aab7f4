/** Qᵀ S Q = T: a symmetric matrix brought to tridiagonal form by Q = H_0 H_1 … H_{n−3}. */
export interface Tridiagonal {
  readonly n: number;
  /** n diagonal elements of T. */
  readonly diagonal: Float64Array;
  /** n − 1 elements beside the diagonal. */
  readonly offDiagonal: Float64Array;
  /** (n, n): row k holds v of H_k = I − tau_k v vᵀ in columns k + 1 … n − 1; the rest is scratch. */
  readonly reflectors: Float64Array;
  /** tau_k; 0 where H_k is the identity. */
  readonly taus: Float64Array;
}

/**
 * Householder tridiagonalisation of the symmetric S (n, n), row-major; reads the upper triangle only. The
 * elements should be of ordinary size: their squares must neither overflow nor vanish.
 *
 * Golub and Van Loan, Matrix Computations, algorithm 8.3.1. Each rank-two update waits for the next step and is
 * applied in the same sweep that multiplies with the next v, so that the matrix passes through the cache once.
 */
export function tridiagonalise(matrix: Float64Array, n: number): Tridiagonal {
  if (matrix.length !== n * n) throw new Error(`${matrix.length} values are not ${n} × ${n}`);
  const work = matrix.slice();
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(Math.max(0, n - 1));
  const taus = new Float64Array(n);
  let pending: Update = { v: new Float64Array(n), w: new Float64Array(n) };
  let next: Update = { v: new Float64Array(n), w: new Float64Array(n) };
  for (let k = 0; k < n; k++) {
    updateRow(work, pending, k, n);
    diagonal[k] = work[k * n + k];
    if (k === n - 1) break;
    taus[k] = k < n - 2 ? reflect(work, k, n) : 0;
    offDiagonal[k] = work[k * n + k + 1];
    if (k === n - 2) continue;
    work[k * n + k + 1] = 1;
    next.v.set(work.subarray(k * n + k + 1, (k + 1) * n), k + 1);
    sweep(work, pending, next, k + 1, n);
    finishUpdate(next, taus[k], k + 1, n);
    [pending, next] = [next, pending];
  }
  return { n, diagonal, offDiagonal, reflectors: work, taus };
}

/** Squares that add up to less have lost digits to underflow; next to elements of ordinary size they are zero. */
const TAIL_MIN = 2 ** -900;

/** The rank-two update S −= v wᵀ + w vᵀ. */
interface Update {
  readonly v: Float64Array;
  readonly w: Float64Array;
}

/** Brings row i, from its diagonal on, up to date. */
function updateRow(work: Float64Array, { v, w }: Update, i: number, n: number): void {
  const vi = v[i];
  const wi = w[i];
  for (let j = i; j < n; j++) work[i * n + j] -= vi * w[j] + wi * v[j];
}

/**
 * Replaces x = S[k, k+1 … n−1] by [beta, v_1, v_2, …] with v_0 = 1 and (I − tau v vᵀ) x = beta e_0; returns tau.
 */
function reflect(work: Float64Array, k: number, n: number): number {
  const first = k * n + k + 1;
  const end = (k + 1) * n;
  let tail = 0;
  for (let t = first + 1; t < end; t++) tail += work[t] * work[t];
  const alpha = work[first];
  if (tail < TAIL_MIN) return 0;
  const norm = Math.sqrt(alpha * alpha + tail);
  const beta = alpha > 0 ? -norm : norm;
  const scale = 1 / (alpha - beta);
  for (let t = first + 1; t < end; t++) work[t] *= scale;
  work[first] = beta;
  return (beta - alpha) / beta;
}

/** Applies `pending` to S[from …, from …] and leaves S v in `next.w`, two rows at a time. */
function sweep(work: Float64Array, pending: Update, next: Update, from: number, n: number): void {
  const { v: pv, w: pw } = pending;
  const { v, w } = next;
  w.fill(0);
  let i = from;
  for (; i + 1 < n; i += 2) {
    const r0 = i * n;
    const r1 = r0 + n;
    const a = pv[i];
    const b = pw[i];
    const c = pv[i + 1];
    const d = pw[i + 1];
    const x0 = v[i];
    const x1 = v[i + 1];
    const s00 = work[r0 + i] - 2 * a * b;
    const s01 = work[r0 + i + 1] - (a * d + b * c);
    const s11 = work[r1 + i + 1] - 2 * c * d;
    work[r0 + i] = s00;
    work[r0 + i + 1] = s01;
    work[r1 + i + 1] = s11;
    let y0 = s00 * x0 + s01 * x1;
    let y1 = s01 * x0 + s11 * x1;
    for (let j = i + 2; j < n; j++) {
      const pwj = pw[j];
      const pvj = pv[j];
      const xj = v[j];
      const s0 = work[r0 + j] - (a * pwj + b * pvj);
      const s1 = work[r1 + j] - (c * pwj + d * pvj);
      work[r0 + j] = s0;
      work[r1 + j] = s1;
      y0 += s0 * xj;
      y1 += s1 * xj;
      w[j] += s0 * x0 + s1 * x1;
    }
    w[i] += y0;
    w[i + 1] += y1;
  }
  if (i < n) {
    const s = work[i * n + i] - 2 * pv[i] * pw[i];
    work[i * n + i] = s;
    w[i] += s * v[i];
  }
}

/** From S v to w = tau S v − (tau² vᵀS v / 2) v, with which H S H = S − v wᵀ − w vᵀ. */
function finishUpdate({ v, w }: Update, tau: number, from: number, n: number): void {
  let inner = 0;
  for (let j = from; j < n; j++) inner += w[j] * v[j];
  const half = (tau * tau * inner) / 2;
  for (let j = from; j < n; j++) w[j] = tau * w[j] - half * v[j];
}
