/** The middle value, or the mean of the two middle ones. @throws Error of no values */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) throw new Error('no values have no median');
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle];
  // halved before they are added: the sum of two finite numbers need not be one
  return sorted[middle - 1] / 2 + sorted[middle] / 2;
}
