/** X = U diag(s) Vᵀ: s descending; u (rows, k) and v (cols, k) row-major with k = min(rows, cols). */
export interface Svd {
  u: Float64Array;
  s: Float64Array;
  v: Float64Array;
}

/**
 * One-sided Jacobi in float64 on the whole matrix: rotates pairs of columns until all are orthogonal. Slow, and every
 * σ is right to a few roundings of σ_1 at worst (Demmel and Veselić, Jacobi's method is more accurate than QR, 1992).
 * It has nothing in common with the Gram matrices that it is an oracle for; no path of the service calls it.
 */
export function jacobiSvd(x: Float64Array, rows: number, cols: number): Svd {
  if (rows < cols) {
    const turned = jacobiSvd(turn(x, rows, cols), cols, rows);
    return { u: turned.v, s: turned.s, v: turned.u };
  }
  const columns = Array.from({ length: cols }, (_, j) => column(x, rows, cols, j));
  const vectors = Array.from({ length: cols }, (_, j) => unit(cols, j));
  for (let sweep = 0; sweep < 60; sweep++) {
    if (!rotateAll(columns, vectors)) break;
    if (sweep === 59) throw new Error('Jacobi does not converge');
  }
  const lengths = columns.map((values) => Math.sqrt(inner(values, values)));
  const order = lengths.map((_, j) => j).sort((i, j) => lengths[j] - lengths[i]);
  const s = Float64Array.from(order, (j) => lengths[j]);
  const u = new Float64Array(rows * cols);
  const v = new Float64Array(cols * cols);
  for (const [k, j] of order.entries()) {
    for (let i = 0; i < rows; i++) u[i * cols + k] = lengths[j] > 0 ? columns[j][i] / lengths[j] : 0;
    for (let i = 0; i < cols; i++) v[i * cols + k] = vectors[j][i];
  }
  return { u, s, v };
}

/** Whether any pair of columns was not yet orthogonal. */
function rotateAll(columns: Float64Array[], vectors: Float64Array[]): boolean {
  let rotated = false;
  for (let i = 0; i < columns.length; i++) {
    for (let j = i + 1; j < columns.length; j++) {
      const alpha = inner(columns[i], columns[i]);
      const beta = inner(columns[j], columns[j]);
      const gamma = inner(columns[i], columns[j]);
      if (Math.abs(gamma) <= 1e-15 * Math.sqrt(alpha * beta) || gamma === 0) continue;
      rotated = true;
      const zeta = (beta - alpha) / (2 * gamma);
      const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
      const cosine = 1 / Math.hypot(1, tangent);
      rotate(columns[i], columns[j], cosine, cosine * tangent);
      rotate(vectors[i], vectors[j], cosine, cosine * tangent);
    }
  }
  return rotated;
}

function rotate(x: Float64Array, y: Float64Array, cosine: number, sine: number): void {
  for (let t = 0; t < x.length; t++) {
    const held = x[t];
    x[t] = cosine * held - sine * y[t];
    y[t] = sine * held + cosine * y[t];
  }
}

function inner(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < x.length; t++) sum += x[t] * y[t];
  return sum;
}

function column(x: Float64Array, rows: number, cols: number, j: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => x[i * cols + j]);
}

function unit(n: number, j: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => (i === j ? 1 : 0));
}

function turn(x: Float64Array, rows: number, cols: number): Float64Array {
  return Float64Array.from({ length: rows * cols }, (_, t) => x[(t % rows) * cols + Math.floor(t / rows)]);
}
