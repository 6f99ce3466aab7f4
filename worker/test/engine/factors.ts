import { fromFloats } from '@florist/core/kernel/convert';
import type { Dtype, RawMatrix, Side } from '@florist/core/kernel/kernel';

/** A repeatable source of numbers in [0, 1): mulberry32. */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A factor of values in (-1, 1), rounded to `dtype`. */
export function factor(next: () => number, dtype: Dtype, rows: number, cols: number): RawMatrix {
  const values = Float64Array.from({ length: rows * cols }, () => 2 * next() - 1);
  return { dtype, rows, cols, bytes: fromFloats(values, dtype) };
}

/** Parts of one stack: clients of the given ranks, with the dtypes taken in turn. */
export function parts(
  side: Side,
  length: number,
  ranks: readonly number[],
  dtypes: readonly Dtype[],
  seed: number,
): RawMatrix[] {
  const next = numbers(seed);
  return ranks.map((rank, k) => {
    const dtype = dtypes[k % dtypes.length] ?? 'F32';
    return side === 'B' ? factor(next, dtype, length, rank) : factor(next, dtype, rank, length);
  });
}

/** Coefficients in (-1, 1): (r, p) for side B, (p, r) for side A. */
export function coefficients(seed: number, rank: number, p: number): Float64Array {
  const next = numbers(seed);
  return Float64Array.from({ length: rank * p }, () => 2 * next() - 1);
}
