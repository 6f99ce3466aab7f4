// @ts-check
import fc from 'fast-check';
import { Finding } from './oracles/promise.mjs';

/**
 * Cases drawn from one seed. Progress is told and memory looked at between batches; a finding names its batch's
 * seed.
 */
const BATCH = 1000;

/** No case may take more processor time than this, in milliseconds: half of it is known of hostile patterns. */
const CASE_MS_MAX = 5000;

/**
 * @template C
 * @typedef {object} Target something that reads what strangers send
 * @property {string} name
 * @property {fc.Arbitrary<C>} draw a case
 * @property {(input: C) => string | Promise<string>} run gives `accepted` or the reason why it was not; throws
 *   what is wrong
 * @property {() => Promise<void>} [settle] is called after every batch; throws what is wrong
 */

/**
 * @typedef {object} Tally
 * @property {number} cases
 * @property {Record<string, number>} outcomes
 * @property {number} slowestMs by the clock, so that a busy machine shows
 */

/** @typedef {{ message: string, input: string, seed: number }} Found a finding and the smallest case that shows it */

/**
 * Runs a target on cases until there are enough or one shows something wrong, which is then made smaller.
 *
 * @template C
 * @param {Target<C>} target
 * @param {{ seed: number, cases: number }} wanted
 * @param {(tally: Tally) => void} onBatch
 * @param {() => void} [onCase] is called before every case
 * @returns {Promise<{ tally: Tally, found?: Found }>}
 */
export async function tryTarget(target, { seed, cases }, onBatch, onCase = () => {}) {
  /** @type {Tally} */
  const tally = { cases: 0, outcomes: {}, slowestMs: 0 };
  const property = fc.asyncProperty(target.draw, async (input) => {
    onCase();
    const [begun, usedBefore] = [performance.now(), process.cpuUsage()];
    const outcome = await target.run(input);
    const { user, system } = process.cpuUsage(usedBefore);
    const usedMs = (user + system) / 1000;
    tally.cases++;
    tally.outcomes[outcome] = (tally.outcomes[outcome] ?? 0) + 1;
    tally.slowestMs = Math.max(tally.slowestMs, performance.now() - begun);
    if (usedMs > CASE_MS_MAX)
      throw new Finding(`a case took ${usedMs.toFixed(0)} ms; at most ${CASE_MS_MAX} may`);
  });
  for (let begun = 0; begun < cases; begun += BATCH) {
    const numRuns = Math.min(BATCH, cases - begun);
    const batchSeed = (seed + begun) % 2 ** 31;
    const details = await fc.check(property, { seed: batchSeed, numRuns });
    if (details.failed) return { tally, found: describe(details, batchSeed) };
    const wrong = await settled(target);
    if (wrong) return { tally, found: { message: wrong, input: 'one of the batch', seed: batchSeed } };
    onBatch(tally);
  }
  return { tally };
}

/**
 * @template C
 * @param {Target<C>} target
 */
async function settled(target) {
  try {
    await target.settle?.();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * @param {fc.RunDetails<[any]>} details of a property that failed
 * @param {number} seed
 * @returns {Found}
 */
function describe({ counterexample, errorInstance }, seed) {
  const error = errorInstance instanceof Error ? errorInstance : new Error(String(errorInstance));
  const message = error instanceof Finding ? error.message : (error.stack ?? error.message);
  return { message, input: fc.stringify(counterexample?.[0]), seed };
}
