/** xᵀ (cols, rows) of row-major x (rows, cols). */
export function transpose(x: Float64Array, rows: number, cols: number): Float64Array {
  if (x.length !== rows * cols) throw new Error(`${x.length} values are not ${rows} × ${cols}`);
  const transposed = new Float64Array(x.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) transposed[j * rows + i] = x[i * cols + j];
  }
  return transposed;
}
