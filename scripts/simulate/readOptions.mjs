// @ts-check
import { parseArgs } from 'node:util';
import { Complaint } from '../terminal/complaint.mjs';
import { POLICY_NAMES } from './policies.mjs';

/** Bounds that keep a simulation one machine's matter. */
const CLIENTS_MAX = 10_000;
const ROUNDS_MAX = 1000;
const COHORT_MAX = 1000;
/** Clients that a round invites unless told: enough for a sample of every kind of misconduct. */
const COHORT_DEFAULT = 100;

/** @typedef {(typeof POLICY_NAMES)[number]} PolicyName */
/**
 * @typedef {object} Options
 * @property {number} clients registered
 * @property {number} rounds
 * @property {number} cohort clients that each round invites
 * @property {number} dropout share of the invited that never answer
 * @property {number} stragglers share that train past the deadline and submit within the grace
 * @property {number} late share that submit when the round has closed
 * @property {number} malicious share of the registered that send what they should not
 * @property {PolicyName[]} policies each plays a federation of its own, with the same clients
 * @property {number} seed of everything that is drawn
 */

export const USAGE = `Usage: npm run simulate [-- options]
  --clients 1000      registered clients, at most ${CLIENTS_MAX}
  --rounds 20         rounds of each federation, at most ${ROUNDS_MAX}
  --cohort ${COHORT_DEFAULT}        clients that a round invites, at most ${COHORT_MAX}
  --dropout 0.2       share of the invited that never answer
  --stragglers 0.1    share that submit after the deadline, within the grace
  --late 0.05         share that submit when the round has closed
  --malicious 0.05    share that scale by 100, turn round or send noise
  --policies ${POLICY_NAMES.join(',')}   one federation each, with the same clients
  --seed 1            what everything is drawn from`;

/**
 * @param {string[]} args
 * @returns {Options}
 * @throws {Complaint} for what is no option, or out of bounds
 */
export function readOptions(args) {
  const values = parse(args);
  const clients = whole('clients', values.clients, 1000, CLIENTS_MAX);
  const shares = {
    dropout: share('dropout', values.dropout, 0.2),
    stragglers: share('stragglers', values.stragglers, 0.1),
    late: share('late', values.late, 0.05),
    malicious: share('malicious', values.malicious, 0.05),
  };
  if (shares.dropout + shares.stragglers + shares.late > 1) {
    throw new Complaint(`--dropout, --stragglers and --late add up to more than all. ${USAGE}`);
  }
  return {
    clients,
    rounds: whole('rounds', values.rounds, 20, ROUNDS_MAX),
    cohort: Math.min(clients, whole('cohort', values.cohort, COHORT_DEFAULT, COHORT_MAX)),
    ...shares,
    policies: policiesOf(values.policies),
    seed: whole('seed', values.seed, 1, 2 ** 31),
  };
}

/** @param {string[]} args */
function parse(args) {
  const text = /** @type {const} */ ({ type: 'string' });
  const options = {
    clients: text,
    rounds: text,
    cohort: text,
    dropout: text,
    stragglers: text,
    late: text,
    malicious: text,
    policies: text,
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

/**
 * @param {string} name
 * @param {string | undefined} given
 * @param {number} otherwise
 */
function share(name, given, otherwise) {
  const value = given === undefined ? otherwise : Number(given);
  if (given !== '' && value >= 0 && value <= 1) return value;
  throw new Complaint(`--${name} ${given} is not a share from 0 to 1.\n${USAGE}`);
}

/** @param {string | undefined} given */
function policiesOf(given) {
  const names = given === undefined ? POLICY_NAMES : given.split(',');
  const unknown = names.filter((name) => !POLICY_NAMES.some((policy) => policy === name));
  if (unknown.length > 0) throw new Complaint(`There is no policy ${unknown.join(', ')}.\n${USAGE}`);
  return POLICY_NAMES.filter((policy) => names.includes(policy));
}
