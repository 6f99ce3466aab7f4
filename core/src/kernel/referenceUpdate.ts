import { toFloat32 } from './convert.js';
import type { Update, UpdatePart } from './kernel.js';

/** ΔW as its definition: float64, plain loops. */
export function referenceUpdate(m: number, n: number): Update {
  const w = new Float64Array(m * n);
  return {
    shape: [m, n],
    async add(parts) {
      for (const part of parts) addPart(w, part, m, n);
    },
    energy: () => w.reduce((sum, value) => sum + value * value, 0),
    async times(x, b) {
      const out = new Float64Array(b * n);
      for (let i = 0; i < b; i++) {
        for (let k = 0; k < m; k++) {
          const factor = x[i * m + k];
          for (let j = 0; j < n; j++) out[i * n + j] += factor * w[k * n + j];
        }
      }
      return out;
    },
    async timesTransposed(y, b) {
      const out = new Float64Array(b * m);
      for (let i = 0; i < b; i++) {
        for (let k = 0; k < m; k++) {
          let sum = 0;
          for (let j = 0; j < n; j++) sum += y[i * n + j] * w[k * n + j];
          out[i * m + k] = sum;
        }
      }
      return out;
    },
    release() {},
  };
}

/** @throws Error when the factors do not fit (m, n) and each other */
function addPart(w: Float64Array, { factor, b, a }: UpdatePart, m: number, n: number): void {
  if (b.rows !== m || a.cols !== n || b.cols !== a.rows) throw new Error('factors do not fit the update');
  const left = toFloat32(b.bytes, b.dtype);
  const right = toFloat32(a.bytes, a.dtype);
  const rank = a.rows;
  for (let i = 0; i < m; i++) {
    for (let k = 0; k < rank; k++) {
      const entry = factor * left[i * rank + k];
      for (let j = 0; j < n; j++) w[i * n + j] += entry * right[k * n + j];
    }
  }
}
