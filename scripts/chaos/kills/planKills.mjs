// @ts-check
import { drawUniform } from '../../simulate/drawUniform.mjs';

/** @typedef {import('../stage/openStage.mjs').Victim} Victim */
/** @typedef {'upload' | 'receipt' | 'close' | import('../round/federations.mjs').Phase | 'assembly' | 'publication' | 'any'} Step */
/**
 * @typedef {object} PlannedKill
 * @property {Step} step at which it is to strike
 * @property {Victim} victim
 * @property {number} draw in [0, 1): which process of its kind
 * @property {number} when in [0, 1): at what point of the step
 */

/** Who has a part in each step, and so is killed at it in turn. */
const VICTIMS = /** @type {Record<Step, Victim[]>} */ ({
  upload: ['api', 'redis', 'api', 'worker'],
  receipt: ['redis', 'api'],
  close: ['api', 'redis', 'worker'],
  weigh: ['child', 'worker', 'redis', 'api'],
  measure: ['worker', 'child', 'redis'],
  aggregate: ['child', 'worker', 'redis', 'api'],
  project: ['redis', 'child', 'worker', 'api'],
  assembly: ['worker', 'redis', 'api'],
  publication: ['redis', 'worker', 'api'],
  any: ['worker', 'api', 'child', 'redis'],
});

const STREAM = 201;

/**
 * One kill at each step of a round, every victim of a step in its turn, and one at any moment.
 *
 * @param {number} seed
 * @param {number} turn counts the rounds of this kind
 * @param {readonly import('../round/federations.mjs').Phase[]} phases that the round goes through
 * @returns {PlannedKill[]} in the order of the steps
 */
export function planKills(seed, turn, phases) {
  /** @type {Step[]} */
  const steps = ['upload', 'receipt', 'close', ...phases, 'assembly', 'publication', 'any'];
  return steps.map((step, at) => {
    const [draw, when, shift] = drawUniform(seed, STREAM, turn, phases.length, at);
    const victims = VICTIMS[step];
    // the turn brings everybody, the shift keeps steps from going in step with each other
    const offset = step === 'any' ? Math.floor(shift * victims.length) : turn;
    return { step, victim: victims[offset % victims.length] ?? 'worker', draw, when };
  });
}
