// @ts-check

/**
 * Σ weight · update.
 *
 * @param {readonly Float64Array[]} updates
 * @param {readonly number[]} weights
 * @returns {Float64Array}
 */
export function combine(updates, weights) {
  const sum = new Float64Array(updates[0]?.length ?? 0);
  for (const [k, update] of updates.entries()) {
    const weight = weights[k] ?? 0;
    if (weight !== 0) for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + weight * (update[i] ?? 0);
  }
  return sum;
}

/** @param {Float64Array} x */
export function norm(x) {
  let sum = 0;
  for (const value of x) sum += value * value;
  return Math.sqrt(sum);
}

/**
 * @param {Float64Array} x
 * @param {Float64Array} y
 */
export function distance(x, y) {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += ((x[i] ?? 0) - (y[i] ?? 0)) ** 2;
  return Math.sqrt(sum);
}
