import type { Tensor } from './readTensors.js';

/** ‖ΔW − B A‖_F of B (m, p), A (p, n) and ΔW (m, n), by plain loops that share nothing with the engine. */
export function distance(delta: Tensor, b: Tensor, a: Tensor): number {
  const [m = 0, p = 0] = b.shape;
  const [, n = 0] = a.shape;
  let sum = 0;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let value = delta.values[i * n + j] ?? Number.NaN;
      for (let k = 0; k < p; k++) value -= (b.values[i * p + k] ?? 0) * (a.values[k * n + j] ?? 0);
      sum += value * value;
    }
  }
  return Math.sqrt(sum);
}
