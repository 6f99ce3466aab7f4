// @ts-check
import { inParallel } from '../../worker/dist/aggregation/inParallel.js';
import { formOf, uploadAll } from './uploadAll.mjs';

/** Registrations under way at a time. */
const REGISTRATIONS = 8;

export const PATH = '/v1/federations/load';

/** @typedef {import('./makeFiles.mjs').Files} Files */
/**
 * @typedef {object} Federation
 * @property {() => Promise<string>} openRound resolves to its path
 * @property {(round: string, clients: number) => Promise<import('./uploadAll.mjs').Uploads>} upload as so many clients
 */

/**
 * A federation whose clients are registered and whose rounds wait to be closed.
 *
 * @param {import('../bench/service/openBenchService.mjs').BenchService} service
 * @param {number} clients
 * @param {Files} files
 * @returns {Promise<Federation>}
 */
export async function openFederation({ api, url }, clients, files) {
  await api.json('POST', '/v1/federations', { name: 'load', rounds: { minSubmissions: 1 } });
  const numbers = Array.from({ length: clients }, (_, client) => client);
  const tokens = await inParallel(numbers, REGISTRATIONS, async (client) => {
    const { token } = await api.json('PUT', `${PATH}/clients/${nameOf(client)}`);
    return token;
  });
  return {
    async openRound() {
      const { number } = await api.json('POST', `${PATH}/rounds`);
      return `${PATH}/rounds/${number}`;
    },
    upload: (round, count) =>
      uploadAll(count, (client) => {
        const { headers, body } = formOf(files, client);
        const authorization = `Bearer ${tokens[client]}`;
        const path = `${round}/submissions/${nameOf(client)}`;
        return { url: url + path, headers: { ...headers, authorization }, body };
      }),
  };
}

/** @param {number} client */
export const nameOf = (client) => `device-${client}`;
