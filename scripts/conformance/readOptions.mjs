// @ts-check
import { parseArgs } from 'node:util';
import { Complaint } from '../terminal/complaint.mjs';

/** Cases that each operation gets from each generator, unless told. */
const EXAMPLES_DEFAULT = 50;
const EXAMPLES_MAX = 100_000;
/** How long a run takes at most, in seconds, unless told: all phases end well before on an idle machine. */
const SECONDS_DEFAULT = 600;
const SECONDS_MAX = 86_400;

/**
 * @typedef {object} Options
 * @property {number} examples of each operation
 * @property {number} seconds at which the run ends, whatever is left
 * @property {number} seed of everything that is generated
 */

/** What `npm test` has time for. */
export const SHORT = { examples: 4, seconds: 12, seed: 1 };

export const USAGE = `Usage: npm run conformance [-- options]
  --examples ${EXAMPLES_DEFAULT}   cases that each operation gets from each generator
  --seconds ${SECONDS_DEFAULT}   after which the run ends, whatever is left
  --seed 1        what everything is generated from; random unless given`;

/**
 * @param {string[]} args
 * @returns {Options}
 * @throws {Complaint} for what is no option, or out of bounds
 */
export function readOptions(args) {
  const values = parse(args);
  return {
    examples: whole('examples', values.examples, EXAMPLES_DEFAULT, EXAMPLES_MAX),
    seconds: whole('seconds', values.seconds, SECONDS_DEFAULT, SECONDS_MAX),
    seed: whole('seed', values.seed, Math.ceil(Math.random() * 2 ** 31), 2 ** 31),
  };
}

/** @param {string[]} args */
function parse(args) {
  const text = /** @type {const} */ ({ type: 'string' });
  try {
    return parseArgs({ args, options: { examples: text, seconds: text, seed: text } }).values;
  } catch (error) {
    throw new Complaint(`${error instanceof Error ? error.message : error}\n${USAGE}`);
  }
}

/**
 * @param {string} name
 * @param {string | undefined} given
 * @param {number} otherwise
 * @param {number} most
 */
function whole(name, given, otherwise, most) {
  const value = given === undefined ? otherwise : Number(given);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new Complaint(`--${name} ${given} is not a whole number from 1 to ${most}.\n${USAGE}`);
}
