// @ts-check
import { distance, norm } from './dense.mjs';

/**
 * How far malicious clients may move the result from the honest clients' mean μ, as docs/weighting.md states it.
 *
 * multi-Krum: (1 + βρ) D, with D the largest distance between two honest updates, β what malicious clients weigh and
 * ρ² = (K − f − 2) / (K − 2f − 1). Clipping: β (‖μ‖ + bound) and what honest clients lose by it.
 *
 * @param {import('./readOptions.mjs').PolicyName} policy
 * @param {number} faulty
 * @param {readonly Float64Array[]} updates
 * @param {readonly boolean[]} honest
 * @param {Float64Array} honestMean
 * @param {import('./weighDensely.mjs').Weighed} weighed
 * @returns {number} ∞ where nothing is promised
 */
export function boundOf(policy, faulty, updates, honest, honestMean, { shares, weights, bound }) {
  const sum = (/** @type {(k: number) => number} */ of) => updates.reduce((total, _, k) => total + of(k), 0);
  switch (policy) {
    case 'none':
      return Number.POSITIVE_INFINITY;
    case 'clip': {
      const evil = sum((k) => (honest[k] ? 0 : (shares[k] ?? 0)));
      const lost = sum((k) => {
        const update = updates[k];
        return honest[k] && update ? ((shares[k] ?? 0) - (weights[k] ?? 0)) * norm(update) : 0;
      });
      return evil * (norm(honestMean) + bound) + lost;
    }
    case 'multi-krum': {
      const count = updates.length;
      const evil = sum((k) => (honest[k] ? 0 : (weights[k] ?? 0)));
      const reach = Math.sqrt((count - faulty - 2) / (count - 2 * faulty - 1));
      return (1 + evil * reach) * diameter(updates.filter((_, k) => honest[k]));
    }
  }
}

/** @param {readonly Float64Array[]} updates */
function diameter(updates) {
  let largest = 0;
  for (const [k, x] of updates.entries()) {
    for (const y of updates.slice(0, k)) largest = Math.max(largest, distance(x, y));
  }
  return largest;
}
