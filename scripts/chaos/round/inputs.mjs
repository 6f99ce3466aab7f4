// @ts-check
import { createHash } from 'node:crypto';
import { makeAdapter } from '../../demo/makeAdapter.mjs';
import { encodeForm } from '../client/sendForm.mjs';

/** Enough for every phase of a round to take a while, so that there is a middle to be killed in. */
const LAYERS = 36;
const SHAPE = /** @type {[number, number]} */ ([96, 128]);
const PEOPLE = [
  { name: 'ann', rank: 4, examples: 120 },
  { name: 'bob', rank: 8, examples: 350 },
  { name: 'eve', rank: 16, examples: 800 },
];
const ALPHA_PER_RANK = 2;

/** Rounds take turns between so many sets of inputs, so that a round that served another's bytes would be found. */
export const SETS = 2;

export const CLIENTS = PEOPLE.map(({ name }) => name);

/**
 * @typedef {object} Input what a client sends
 * @property {string} client
 * @property {string} sha256 of its adapter
 * @property {import('../client/sendForm.mjs').Form} form
 */

/**
 * The same set has the same bytes, always.
 *
 * @param {number} set
 * @returns {Promise<Input[]>}
 */
export function makeInputs(set) {
  const modules = Array.from({ length: LAYERS }, (_, layer) => [
    { name: `model.layers.${layer}.self_attn.q_proj`, shape: SHAPE },
    { name: `model.layers.${layer}.self_attn.v_proj`, shape: SHAPE },
  ]).flat();
  return Promise.all(
    PEOPLE.map(async ({ name, rank, examples }, client) => {
      const { config, file } = makeAdapter({
        ...{ modules, rank, client },
        alpha: ALPHA_PER_RANK * rank,
        seed: 1 + set,
      });
      const sha256 = createHash('sha256').update(file).digest('hex');
      const form = await encodeForm({ file, config: JSON.stringify(config), sha256 }, examples);
      return { client: name, sha256, form };
    }),
  );
}
