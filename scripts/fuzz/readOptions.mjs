// @ts-check
import { parseArgs } from 'node:util';
import { Complaint } from '../terminal/complaint.mjs';
import { TARGETS } from './targets.mjs';

const CASES_DEFAULT = 1_000_000;
const CASES_MAX = 1_000_000_000;
const SEED_MAX = 2 ** 31 - 1;

/**
 * @typedef {object} Options
 * @property {number} cases over all targets
 * @property {number} seed of everything that is drawn
 * @property {string[]} targets
 */

const NAMES = TARGETS.map(({ name }) => name);

export const USAGE = `Usage: npm run fuzz [-- options]
  --cases ${CASES_DEFAULT}   over all targets together, at most ${CASES_MAX}
  --seed 1          what all cases are drawn from; random unless given
  --target name     one of these, all of them unless given:
                    ${NAMES.join(' ')}`;

/**
 * @param {string[]} args
 * @returns {Options}
 * @throws {Complaint} for what is no option, or out of bounds
 */
export function readOptions(args) {
  const values = parse(args);
  const { target } = values;
  if (target !== undefined && !NAMES.includes(target)) {
    throw new Complaint(`There is no target ${target}.\n${USAGE}`);
  }
  return {
    cases: whole('cases', values.cases, CASES_DEFAULT, 1, CASES_MAX),
    seed: whole('seed', values.seed, Math.floor(Math.random() * SEED_MAX), 0, SEED_MAX),
    targets: target === undefined ? NAMES : [target],
  };
}

/** @param {string[]} args */
function parse(args) {
  const text = /** @type {const} */ ({ type: 'string' });
  try {
    return parseArgs({ args, options: { cases: text, seed: text, target: text } }).values;
  } catch (error) {
    throw new Complaint(`${error instanceof Error ? error.message : error}\n${USAGE}`);
  }
}

/**
 * @param {string} name
 * @param {string | undefined} given
 * @param {number} otherwise
 * @param {number} least
 * @param {number} most
 */
function whole(name, given, otherwise, least, most) {
  const value = given === undefined ? otherwise : Number(given);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Complaint(`--${name} ${given} is not a whole number from ${least} to ${most}.\n${USAGE}`);
}
