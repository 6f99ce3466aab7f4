// @ts-check

/** @typedef {import('./raceModule.mjs').Step} Step */

/** @type {Record<Step, string>} */
const NAMES = { gram: 'the Gram matrices', solve: 'r-space', project: 'the final products' };

const STEPS = /** @type {const} */ (['gram', 'solve', 'project']);

/**
 * The step that takes most of our time, in words.
 *
 * @param {import('./raceModule.mjs').Race} race
 */
export function slowestStep({ steps, ours }) {
  const slowest = STEPS.reduce((a, b) => (steps[b].median > steps[a].median ? b : a));
  return `${NAMES[slowest]} take ${((steps[slowest].median / ours.median) * 100).toFixed(0)} % of our time`;
}
