// @ts-check
import { createHash } from 'node:crypto';
import { makeAdapter } from '../demo/makeAdapter.mjs';
import { denseUpdate } from './denseUpdate.mjs';
import { negateFactorB } from './negateFactorB.mjs';

/** Small, so that thousands of submissions are a matter of minutes; neither is square. */
export const MODULES = [
  { name: 'model.layers.0.self_attn.q_proj', shape: /** @type {[number, number]} */ ([40, 32]) },
  { name: 'model.layers.0.self_attn.v_proj', shape: /** @type {[number, number]} */ ([16, 32]) },
];

/** How much louder a client that scales its update is. */
const LOUDER = 100;
/** A seed that no honest client has: what is learnt from it has nothing in common with theirs. */
const STRANGE_SEED = 999_983;

/**
 * @typedef {object} Made what a client sends in a round
 * @property {Buffer<ArrayBuffer>} file
 * @property {string} config
 * @property {string} sha256 of the file
 */

/**
 * The adapter that a client sends: what all have learnt in this round with noise of its own, or what its misconduct
 * makes of it.
 *
 * @param {import('./drawPopulation.mjs').Person} person
 * @param {number} seed of the round
 * @returns {Made}
 */
export function makeSubmission({ rank, number, misconduct }, seed) {
  const alpha = 2 * rank;
  const { config, file } = makeAdapter({
    modules: MODULES,
    rank,
    alpha: misconduct === 'scaled' ? LOUDER * alpha : alpha,
    seed: misconduct === 'random' ? STRANGE_SEED + number : seed,
    client: number,
  });
  const sent = misconduct === 'flipped' ? negateFactorB(file) : file;
  return {
    file: sent,
    config: JSON.stringify(config),
    sha256: createHash('sha256').update(sent).digest('hex'),
  };
}

/**
 * The update that a client has sent, densely.
 *
 * @param {import('./drawPopulation.mjs').Person} person
 * @param {number} seed of the round
 */
export function updateOf(person, seed) {
  const { file, config } = makeSubmission(person, seed);
  return denseUpdate(file, JSON.parse(config));
}
