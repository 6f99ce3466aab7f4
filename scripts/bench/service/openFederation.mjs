// @ts-check
import { PLAN } from '../ours/plan.mjs';

/** @typedef {{ path: string, tokens: Map<string, string> }} Federation path under the api, tokens by client */

/**
 * A federation of a fleet's clients, whose rounds wait to be closed.
 *
 * @param {import('../../demo/openApi.mjs').Api} api of the operator
 * @param {string} name
 * @param {import('../fleet/toFleet.mjs').Fleet} fleet
 * @returns {Promise<Federation>}
 */
export async function openFederation(api, name, { clients }) {
  const rounds = { minSubmissions: clients.length };
  await api.json('POST', '/v1/federations', { name, aggregation: PLAN, rounds });
  const path = `/v1/federations/${name}`;
  /** @type {Federation['tokens']} */
  const tokens = new Map();
  for (const client of clients) {
    const { token } = await api.json('PUT', `${path}/clients/${client.name}`);
    tokens.set(client.name, token);
  }
  return { path, tokens };
}
