/** σ at or below this share of σ_1 do not count: they are rounding of the inputs. */
const SIGMA_FLOOR = 1e-7;

/** How many σ, descending, are distinguishable from zero. */
export function numericalRank(sigma: Float64Array): number {
  const floor = SIGMA_FLOOR * (sigma[0] ?? 0);
  let low = 0;
  let high = sigma.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sigma[middle] ?? 0) > floor) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
