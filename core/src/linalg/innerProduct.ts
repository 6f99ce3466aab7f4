/** Σ x_t y_t of as many values each; of two matrices, the trace of xᵀ y. */
export function innerProduct(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < x.length; t++) sum += x[t] * y[t];
  return sum;
}
