// @ts-check
import { Complaint } from '../../terminal/complaint.mjs';
import { CLIENTS } from './inputs.mjs';

/** Bytes that a rank budget may spend: some ranks for every module, and not all. */
const BUDGET_BYTES = 400_000;

/** @typedef {'weigh' | 'measure' | 'aggregate' | 'project'} Phase */
/**
 * @typedef {object} Federation
 * @property {string} name
 * @property {string} path
 * @property {Phase[]} phases of jobs that its rounds go through, in order
 * @property {Map<string, string>} tokens by client
 */

/** One plain federation, and one whose rounds use every kind of job. */
const KINDS = [
  { name: 'plain', phases: /** @type {Phase[]} */ (['aggregate']), aggregation: {} },
  {
    name: 'thorough',
    phases: /** @type {Phase[]} */ (['weigh', 'measure', 'project']),
    aggregation: {
      rank: { policy: 'budget', bytes: BUDGET_BYTES },
      weighting: { by: 'examples', robust: { clip: { timesMedian: 1.5 } } },
    },
  },
];

/**
 * @param {import('../client/openPatient.mjs').Patient} operator
 * @returns {Promise<Federation[]>}
 */
export function openFederations(operator) {
  return Promise.all(
    KINDS.map(async ({ name, phases, aggregation }) => {
      const path = `/v1/federations/${name}`;
      const rounds = { minSubmissions: CLIENTS.length };
      const made = await operator.ask('POST', '/v1/federations', { name, aggregation, rounds });
      if (made.status !== 201) throw new Complaint(`${path} was not made: ${made.bytes}`);
      /** @type {Map<string, string>} */
      const tokens = new Map();
      for (const client of CLIENTS) {
        const { json } = await operator.ask('PUT', `${path}/clients/${client}`);
        tokens.set(client, json.token);
      }
      return { name, path, phases, tokens };
    }),
  );
}
