// @ts-check
import { distance, norm } from './dense.mjs';
import { TIMES_MEDIAN } from './policies.mjs';

/**
 * @typedef {object} Weighed
 * @property {number[]} weights as aggregated
 * @property {number[]} shares of those that were not dropped, before anyone was clipped
 * @property {number} bound to which norms were clipped
 */

/**
 * What each client ought to weigh, from dense updates and the definitions alone.
 *
 * @param {import('./readOptions.mjs').PolicyName} policy
 * @param {number} faulty
 * @param {readonly Float64Array[]} updates
 * @param {readonly number[]} examples as they count: those of late submissions by their staleness
 * @returns {Weighed}
 */
export function weighDensely(policy, faulty, updates, examples) {
  const kept = policy === 'multi-krum' ? keptByKrum(updates, faulty) : updates.map(() => true);
  const total = examples.reduce((sum, each, k) => sum + (kept[k] ? each : 0), 0);
  const shares = examples.map((each, k) => (kept[k] ? each / total : 0));
  const norms = updates.map(norm);
  const bound = policy === 'clip' ? TIMES_MEDIAN * median(norms) : Number.POSITIVE_INFINITY;
  return { shares, bound, weights: shares.map((share, k) => share * Math.min(1, bound / (norms[k] ?? 1))) };
}

/**
 * The K − f clients with the least sum of squared distances to their K − f − 2 nearest others.
 *
 * @param {readonly Float64Array[]} updates
 * @param {number} faulty
 */
function keptByKrum(updates, faulty) {
  const scores = updates.map((x, k) => {
    const squares = updates.flatMap((y, l) => (k === l ? [] : [distance(x, y) ** 2]));
    return squares
      .sort((one, other) => one - other)
      .slice(0, updates.length - faulty - 2)
      .reduce((sum, square) => sum + square, 0);
  });
  const last = [...scores].sort((x, y) => x - y)[updates.length - faulty - 1] ?? 0;
  return scores.map((score) => score <= last);
}

/** @param {readonly number[]} values */
function median(values) {
  const sorted = [...values].sort((x, y) => x - y);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
