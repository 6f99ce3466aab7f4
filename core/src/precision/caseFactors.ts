import { normalNumbers, orthonormalRows } from './randomNumbers.js';

/** Both factors of a stack in float64, direction by direction: columns of B, rows of A. */
export interface Factors {
  readonly b: readonly Float64Array[];
  readonly a: readonly Float64Array[];
}

/** Orthonormal directions of both sides, and σ from 1 to 1 / condition in equal ratios. */
export function conditionedFactors(
  [m, n]: readonly [m: number, n: number],
  rank: number,
  condition: number,
  seed: number,
): Factors & { sigma: number[] } {
  const next = normalNumbers(seed);
  const b = orthonormalRows(rank, m, next);
  const a = orthonormalRows(rank, n, next);
  return { b, a, sigma: Array.from({ length: rank }, (_, j) => condition ** (-j / (rank - 1))) };
}

/** Random directions, each 3 % shorter than the one before it on either side. */
export function decayingFactors(
  [m, n]: readonly [m: number, n: number],
  rank: number,
  seed: number,
): Factors {
  const next = normalNumbers(seed);
  const rows = (length: number) =>
    Array.from({ length: rank }, (_, j) => Float64Array.from({ length }, () => 0.97 ** j * next()));
  return { b: rows(m), a: rows(n) };
}

/** Gives each direction its σ, half to either factor. */
export function gradeFactors({ b, a }: Factors, sigma: readonly number[]): Factors {
  const scale = (row: Float64Array, j: number) => row.map((value) => Math.sqrt(sigma[j]) * value);
  return { b: b.map(scale), a: a.map(scale) };
}

/**
 * B Q and Qᵀ A with Q (r, count) random and Q Qᵀ = I, which leaves B A as it is and spreads every direction over all
 * of the stack.
 */
export function mixFactors({ b, a }: Factors, count: number, seed: number): Factors {
  const q = orthonormalRows(b.length, count, normalNumbers(seed));
  const turn = (rows: readonly Float64Array[]) =>
    Array.from({ length: count }, (_, i) => {
      const out = new Float64Array(rows[0].length);
      for (const [j, row] of rows.entries()) {
        for (let t = 0; t < out.length; t++) out[t] += q[j][i] * row[t];
      }
      return out;
    });
  return { b: turn(b), a: turn(a) };
}
