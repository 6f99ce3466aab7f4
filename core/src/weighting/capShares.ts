/**
 * Shares with none above `cap`: min(cap, λ s_k) with the λ ≥ 1 at which they sum to 1 again. What a cap takes off
 * goes to the others in proportion to their shares, as water fills up vessels; their order stays. Where the cap
 * leaves less than 1 to give out, all get 1 / K.
 *
 * @param shares positive, summing to 1
 */
export function capShares(shares: readonly number[], cap: number): number[] {
  const count = shares.length;
  if (cap * count <= 1) return shares.map(() => 1 / count);
  const sorted = Float64Array.from(shares).sort();
  // sums from the smallest on: subtracted from 1, what a huge share leaves would be lost to rounding
  const sums = Float64Array.from(sorted);
  for (let i = 1; i < count; i++) sums[i] += sums[i - 1];
  let level = 1;
  for (let free = count; free > 0; free--) {
    level = (1 - (count - free) * cap) / sums[free - 1];
    // once the largest that is left fits, all smaller ones do
    if (sorted[free - 1] * level <= cap) break;
  }
  return shares.map((share) => Math.min(cap, share * level));
}
