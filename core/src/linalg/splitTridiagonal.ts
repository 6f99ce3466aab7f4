/** Largest row sum of magnitudes of T, an upper bound of its spectral norm. */
export function normTridiagonal(diagonal: Float64Array, offDiagonal: Float64Array): number {
  const n = diagonal.length;
  let norm = 0;
  for (let i = 0; i < n; i++) {
    const before = i > 0 ? Math.abs(offDiagonal[i - 1]) : 0;
    const after = i < n - 1 ? Math.abs(offDiagonal[i]) : 0;
    norm = Math.max(norm, before + Math.abs(diagonal[i]) + after);
  }
  return norm;
}

/**
 * Where T falls apart: the first index of each block, and n at the end. An element beside the diagonal counts as
 * zero when it is below the rounding of T's norm, since that moves no eigenvalue by more than its own rounding.
 */
export function splitTridiagonal(diagonal: Float64Array, offDiagonal: Float64Array): Uint32Array {
  const threshold = Number.EPSILON * normTridiagonal(diagonal, offDiagonal);
  const starts = [0];
  for (let i = 0; i < diagonal.length - 1; i++) {
    if (Math.abs(offDiagonal[i]) <= threshold) starts.push(i + 1);
  }
  if (diagonal.length > 0) starts.push(diagonal.length);
  return Uint32Array.from(starts);
}
