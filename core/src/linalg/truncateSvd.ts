import type { Svd } from './jacobiSvd.js';

/** U_p diag(s_p) V_pᵀ, the best approximation of rank p. */
export function truncateSvd({ u, s, v }: Svd, rows: number, cols: number, p: number): Float64Array {
  const k = s.length;
  const out = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      for (let t = 0; t < Math.min(p, k); t++) out[i * cols + j] += u[i * k + t] * s[t] * v[j * k + t];
    }
  }
  return out;
}
