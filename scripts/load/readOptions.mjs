// @ts-check
import { parseArgs } from 'node:util';
import { Complaint } from '../terminal/complaint.mjs';

/** Bounds that keep a load one machine's matter. */
const CLIENTS_MAX = 2000;
const MEGABYTES_MAX = 100;
const LISTENERS_MAX = 5000;
const TURNS_MAX = 20;

/**
 * @typedef {object} Options
 * @property {number} clients that upload at once
 * @property {number} megabytes of each client's adapter
 * @property {number} listeners event streams that stay open meanwhile
 * @property {number} turns of Florist and of nginx that count
 */

export const USAGE = `Usage: npm run load [-- options]
  --clients 500      clients that upload at once, at most ${CLIENTS_MAX}
  --megabytes 5      size of each adapter, at most ${MEGABYTES_MAX}
  --listeners 1000   event streams that stay open meanwhile, at most ${LISTENERS_MAX}
  --turns 3          turns of each, at most ${TURNS_MAX}; 0 leaves nginx out`;

/**
 * @param {string[]} args
 * @returns {Options}
 * @throws {Complaint} for what is no option, or out of bounds
 */
export function readOptions(args) {
  const values = parse(args);
  return {
    clients: whole('clients', values.clients, 500, 1, CLIENTS_MAX),
    megabytes: whole('megabytes', values.megabytes, 5, 1, MEGABYTES_MAX),
    listeners: whole('listeners', values.listeners, 1000, 0, LISTENERS_MAX),
    turns: whole('turns', values.turns, 3, 0, TURNS_MAX),
  };
}

/** @param {string[]} args */
function parse(args) {
  const text = /** @type {const} */ ({ type: 'string' });
  try {
    return parseArgs({
      args,
      options: {
        clients: text,
        megabytes: text,
        listeners: text,
        turns: text,
      },
    }).values;
  } catch (error) {
    throw new Complaint(`${error instanceof Error ? error.message : error}. ${USAGE}`);
  }
}

/**
 * @param {string} name
 * @param {string | undefined} given
 * @param {number} usual
 * @param {number} minimum
 * @param {number} maximum
 */
function whole(name, given, usual, minimum, maximum) {
  if (given === undefined) return usual;
  const number = /^\d{1,9}$/.test(given) ? Number(given) : -1;
  if (number >= minimum && number <= maximum) return number;
  throw new Complaint(`--${name} must be a whole number from ${minimum} to ${maximum}. ${USAGE}`);
}
