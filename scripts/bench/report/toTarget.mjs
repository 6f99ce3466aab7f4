// @ts-check

/** @typedef {import('./judge.mjs').Target} Target */

/**
 * The promise to be so many times faster than a peer.
 *
 * @param {string} work
 * @param {number} bound
 * @param {import('../measure/summarise.mjs').Summary | undefined} ratio undefined without a peer
 * @param {string} why what takes most of our time
 * @returns {Target}
 */
export function toTarget(work, bound, ratio, why) {
  const target = { work, sense: /** @type {const} */ ('at least'), bound, unit: /** @type {const} */ ('×') };
  return ratio ? { ...target, measured: ratio.median, why } : { ...target, why: 'needs the peer' };
}
