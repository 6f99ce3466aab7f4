import type { Dtype } from '../kernel/kernel.js';

/**
 * Typical entries of B_g that F16 holds as they are, by their root mean square: below, too many fall under 2⁻¹⁴, where
 * it loses digits; above, the largest may pass 2¹⁶.
 */
const LEAST = 2 ** -12;
const MOST = 2 ** 10;

/**
 * The power of two by which B_g is multiplied and A_g divided before both are rounded: 1, unless F16 would lose what
 * the wider dtypes keep. It changes no digit, and evens out the two factors' typical entries.
 *
 * @param sigma σ_1 of ΔW (m, n), so that the entries of B_g are about σ_1 / √m and those of A_g about 1 / √n
 */
export function rangeShift(sigma: number, [m, n]: readonly [m: number, n: number], dtype: Dtype): number {
  const entry = sigma / Math.sqrt(m);
  if (dtype !== 'F16' || (entry >= LEAST && entry <= MOST)) return 1;
  return 2 ** Math.round(-Math.log2(entry * Math.sqrt(n)) / 2);
}
