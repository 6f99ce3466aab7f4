// @ts-check
import { inParallel } from '../../worker/dist/aggregation/inParallel.js';
import { openApi } from '../demo/openApi.mjs';
import { faultyOf, weightingOf } from './policies.mjs';

/** Requests under way at a time: what a few cores serve without queueing. */
export const REQUESTS_MAX = 8;
/** The share of the energy that rounds publish. */
const TAU = 0.95;
/** Long enough for those who are prompt, whose uploads count as begun when it ends. */
const DEADLINE_SECONDS = 2;
/** Stragglers are done long before; it only bounds what would hang. */
const GRACE_SECONDS = 30;
/** A submission that is a round late counts half. */
const STALENESS_WEIGHT = 0.5;

/** @typedef {import('../demo/openApi.mjs').Api} Api */
/** @typedef {import('./drawPopulation.mjs').Person} Person */
/**
 * @typedef {object} Stage a federation whose clients are registered
 * @property {import('./readOptions.mjs').PolicyName} policy
 * @property {number} faulty
 * @property {import('./readOptions.mjs').Options} options
 * @property {Api} api of the operator
 * @property {string} path of the federation
 * @property {Map<string, { person: Person, token: string, api: Api }>} clients by name
 * @property {string} url
 */

/**
 * @param {string} url of the service
 * @param {Api} api of the operator
 * @param {import('./readOptions.mjs').Options} options
 * @param {import('./readOptions.mjs').PolicyName} policy
 * @param {readonly Person[]} population
 * @param {(progress: string) => void} progress
 * @returns {Promise<Stage>}
 */
export async function openStage(url, api, options, policy, population, progress) {
  const name = `simulation-${policy}`;
  const path = `/v1/federations/${name}`;
  const faulty = faultyOf(options);
  await api.json('POST', '/v1/federations', {
    name,
    aggregation: { rank: { policy: 'energy', tau: TAU }, weighting: weightingOf(policy, faulty) },
    rounds: {
      minSubmissions: 2 * faulty + 3,
      deadlineSeconds: DEADLINE_SECONDS,
      graceSeconds: GRACE_SECONDS,
      onDeadline: 'fail',
      late: 'carry',
      stalenessWeight: STALENESS_WEIGHT,
      cohort: { size: options.cohort, seed: options.seed },
    },
  });
  let registered = 0;
  const clients = await inParallel(population, REQUESTS_MAX, async (person) => {
    const { token } = await api.json('PUT', `${path}/clients/${person.name}`);
    registered += 1;
    progress(`${policy}: ${registered} of ${population.length} clients registered`);
    return { person, token, api: openApi(url, token) };
  });
  return {
    policy,
    faulty,
    options,
    api,
    path,
    url,
    clients: new Map(clients.map((client) => [client.person.name, client])),
  };
}
