import type { Kernel } from '../kernel/kernel.js';
import type { Operator } from './operator.js';

/**
 * ΔW = B A in r-space: the metric is G_B (r, r), the image G_A (r, r), both symmetric. An eigenvector x has
 * ‖B xᵀ‖ = 1, and B xᵀ is a left singular vector of ΔW.
 */
export function gramOperator(kernel: Kernel, gramB: Float64Array, gramA: Float64Array, r: number): Operator {
  return {
    size: r,
    metric: (x, b) => kernel.multiply(x, gramB, b, r, r),
    image: (z, b) => kernel.multiply(z, gramA, b, r, r),
    multiply: kernel.multiply.bind(kernel),
  };
}
