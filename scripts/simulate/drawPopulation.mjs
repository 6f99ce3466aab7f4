// @ts-check
import { drawUniform } from './drawUniform.mjs';

const RANKS = [2, 4, 4, 8];
const EXAMPLES = { least: 50, most: 500 };
const MISCONDUCTS = /** @type {const} */ (['scaled', 'flipped', 'random']);
const STREAM = { traits: 101, conduct: 102 };

/** @typedef {(typeof MISCONDUCTS)[number]} Misconduct */
/**
 * @typedef {object} Person a client
 * @property {string} name
 * @property {number} number
 * @property {number} rank
 * @property {number} examples
 * @property {Misconduct} [misconduct] absent where it is honest
 */
/** @typedef {'prompt' | 'straggler' | 'late' | 'dropout'} Conduct what an invited client does in one round */

/**
 * Who there is. The same options give the same clients.
 *
 * @param {import('./readOptions.mjs').Options} options
 * @returns {Person[]}
 */
export function drawPopulation({ clients, malicious, seed }) {
  return Array.from({ length: clients }, (_, number) => {
    const [rank, examples, evil] = drawUniform(seed, STREAM.traits, number);
    const misconduct = MISCONDUCTS[number % MISCONDUCTS.length];
    return {
      name: `client-${String(number + 1).padStart(4, '0')}`,
      number,
      rank: RANKS[Math.floor(rank * RANKS.length)] ?? 4,
      examples: EXAMPLES.least + Math.floor(examples * (EXAMPLES.most - EXAMPLES.least)),
      ...(evil < malicious && misconduct ? { misconduct } : {}),
    };
  });
}

/**
 * What a client does in a round, if it is invited.
 *
 * @param {import('./readOptions.mjs').Options} options
 * @param {Person} person
 * @param {number} round
 * @returns {Conduct}
 */
export function drawConduct({ dropout, stragglers, late, seed }, { number }, round) {
  const [fate] = drawUniform(seed, STREAM.conduct, number, round);
  if (fate < dropout) return 'dropout';
  if (fate < dropout + stragglers) return 'straggler';
  return fate < dropout + stragglers + late ? 'late' : 'prompt';
}
