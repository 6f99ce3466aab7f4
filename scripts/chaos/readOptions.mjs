// @ts-check
import { parseArgs } from 'node:util';
import { Complaint } from '../terminal/complaint.mjs';

/** Bounds that keep a run one machine's matter. */
const KILLS_MAX = 10_000;
const PROCESSES_MAX = 4;
const SECONDS_MAX = 600;
const SEED_MAX = 2 ** 31;

/** @typedef {'kills' | 'faults' | 'rolling'} Part */
/**
 * @typedef {object} Options
 * @property {Part[]} parts of the run, in order
 * @property {number} kills at least so many
 * @property {number} apis processes that serve the same service
 * @property {number} workers
 * @property {number} seconds faults: how long each lasts
 * @property {number} restarts rolling: how often each process is restarted
 * @property {number} seed of everything that is drawn
 */

export const USAGE = `Usage: npm run chaos [-- options]
  --kills 200     kills processes at least so often, while rounds are played
  --faults        takes away in turn the disk's time, room on it, the right
                  to write, Redis's memory, Redis itself
  --rolling       restarts every process gracefully, one after the other
  --all           all three, in this order
  --apis 2        processes of the api, 1 to ${PROCESSES_MAX}
  --workers 2     processes of the worker, 1 to ${PROCESSES_MAX}
  --seconds 60    with --faults: how long each fault lasts, at most ${SECONDS_MAX}
  --restarts 3    with --rolling: how often each process is restarted
  --seed 1        what everything is drawn from`;

/**
 * @param {string[]} args
 * @returns {Options}
 * @throws {Complaint} for what is no option, or out of bounds
 */
export function readOptions(args) {
  const values = parse(args);
  return {
    parts: partsOf(values),
    kills: whole('kills', values.kills, 200, KILLS_MAX),
    apis: whole('apis', values.apis, 2, PROCESSES_MAX),
    workers: whole('workers', values.workers, 2, PROCESSES_MAX),
    seconds: whole('seconds', values.seconds, 60, SECONDS_MAX),
    restarts: whole('restarts', values.restarts, 3, KILLS_MAX),
    seed: whole('seed', values.seed, 1, SEED_MAX),
  };
}

/**
 * @param {{ kills?: string, faults?: boolean, rolling?: boolean, all?: boolean }} values
 * @returns {Part[]}
 */
function partsOf({ kills, faults, rolling, all }) {
  if (all) return ['kills', 'faults', 'rolling'];
  /** @type {Part[]} */
  const asked = [];
  if (kills !== undefined || (!faults && !rolling)) asked.push('kills');
  if (faults) asked.push('faults');
  if (rolling) asked.push('rolling');
  return asked;
}

/** @param {string[]} args */
function parse(args) {
  const text = /** @type {const} */ ({ type: 'string' });
  const flag = /** @type {const} */ ({ type: 'boolean' });
  const options = {
    kills: text,
    faults: flag,
    rolling: flag,
    all: flag,
    apis: text,
    workers: text,
    seconds: text,
    restarts: text,
    seed: text,
  };
  try {
    return parseArgs({ args, options }).values;
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
