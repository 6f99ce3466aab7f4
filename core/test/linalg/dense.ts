/** Plain dense arithmetic for tests: row-major float64, written for clarity, sharing no code with what is tested. */

/** A repeatable source of numbers in (−1, 1). */
export function numbers(seed: number): () => number {
  let state = (seed * 2654435761 + 1) >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 31 - 1;
  };
  for (let i = 0; i < 8; i++) next();
  return next;
}

/** A repeatable source of normally distributed numbers (sum of twelve uniform ones). */
export function normals(seed: number): () => number {
  const next = numbers(seed);
  return () => {
    let sum = 0;
    for (let i = 0; i < 12; i++) sum += next();
    return sum / 2;
  };
}

export function matrix(rows: number, cols: number, entry: (i: number, j: number) => number): Float64Array {
  return Float64Array.from({ length: rows * cols }, (_, t) => entry(Math.floor(t / cols), t % cols));
}

/** x (rows, inner) · y (inner, cols). */
export function times(
  x: Float64Array,
  y: Float64Array,
  rows: number,
  inner: number,
  cols: number,
): Float64Array {
  const out = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      for (let j = 0; j < cols; j++) out[i * cols + j] += x[i * inner + k] * y[k * cols + j];
    }
  }
  return out;
}

export function flipped(x: Float64Array, rows: number, cols: number): Float64Array {
  return matrix(cols, rows, (i, j) => x[j * cols + i]);
}

export function frobenius(x: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * x[i];
  return Math.sqrt(sum);
}

export function distance(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length) throw new Error(`lengths ${x.length} and ${y.length}`);
  return frobenius(Float64Array.from({ length: x.length }, (_, i) => x[i] - y[i]));
}

/** Largest |x_i − y_i|. */
export function farthest(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length) throw new Error(`lengths ${x.length} and ${y.length}`);
  let largest = 0;
  for (let i = 0; i < x.length; i++) largest = Math.max(largest, Math.abs(x[i] - y[i]));
  return largest;
}

/** A random orthogonal matrix of order n, from n reflections. */
export function orthogonal(n: number, seed: number): Float64Array {
  const next = normals(seed);
  const q = matrix(n, n, (i, j) => (i === j ? 1 : 0));
  for (let k = 0; k < n; k++) {
    const v = Float64Array.from({ length: n }, next);
    const square = frobenius(v) ** 2;
    for (let i = 0; i < n; i++) {
      let inner = 0;
      for (let j = 0; j < n; j++) inner += q[i * n + j] * v[j];
      for (let j = 0; j < n; j++) q[i * n + j] -= ((2 * inner) / square) * v[j];
    }
  }
  return q;
}

/** A symmetric matrix with these eigenvalues and random eigenvectors. */
export function symmetricWith(values: readonly number[], seed: number): Float64Array {
  const n = values.length;
  const q = orthogonal(n, seed);
  const scaled = matrix(n, n, (i, j) => q[i * n + j] * values[j]);
  const product = times(scaled, flipped(q, n, n), n, n, n);
  return matrix(n, n, (i, j) => (product[i * n + j] + product[j * n + i]) / 2);
}

/** The dense form of a symmetric tridiagonal matrix. */
export function tridiagonalDense(diagonal: ArrayLike<number>, beside: ArrayLike<number>): Float64Array {
  const n = diagonal.length;
  return matrix(n, n, (i, j) => {
    if (i === j) return diagonal[i];
    return Math.abs(i - j) === 1 ? beside[Math.min(i, j)] : 0;
  });
}

/** How far eigenpairs are from what they should be, relative to ‖S‖: rows of `vectors` are eigenvectors. */
export function eigenDefect(
  s: Float64Array,
  n: number,
  values: ArrayLike<number>,
  vectors: Float64Array,
  p: number,
): { residual: number; orthogonality: number } {
  const norm = frobenius(s) || 1;
  const images = times(vectors, s, p, n, n);
  const residual =
    farthest(
      images,
      matrix(p, n, (i, j) => values[i] * vectors[i * n + j]),
    ) / norm;
  const gram = times(vectors, flipped(vectors, p, n), p, n, p);
  return {
    residual,
    orthogonality: farthest(
      gram,
      matrix(p, p, (i, j) => (i === j ? 1 : 0)),
    ),
  };
}
