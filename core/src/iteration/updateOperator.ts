import type { Kernel, Update } from '../kernel/kernel.js';
import type { Operator } from './operator.js';

/**
 * A dense ΔW (m, n) from its shorter side, where the metric is the identity: ΔWᵀΔW with right singular vectors
 * for n ≤ m, ΔWΔWᵀ with left ones otherwise.
 */
export function updateOperator(kernel: Kernel, update: Update): Operator {
  const [m, n] = update.shape;
  const tall = n <= m;
  return {
    size: Math.min(m, n),
    metric: async (x) => x,
    image: async (z, b) =>
      tall
        ? update.times(await update.timesTransposed(z, b), b)
        : update.timesTransposed(await update.times(z, b), b),
    multiply: kernel.multiply.bind(kernel),
  };
}
