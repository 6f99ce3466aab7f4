/** Multiplies row i of a row-major matrix with `length` columns by `factor`, in place. */
export function scaleRow(x: Float64Array, i: number, factor: number, length: number): void {
  for (let t = i * length; t < (i + 1) * length; t++) x[t] *= factor;
}
