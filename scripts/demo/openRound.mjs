// @ts-check
import { BASE_MODEL, CAST, FEDERATION, TAU } from './cast.mjs';

/** @typedef {import('./openApi.mjs').Api} Api */

/**
 * The next round of the demo's federation, and every client's token. What an earlier demo left is used again:
 * its open round is cancelled, its tokens are replaced.
 *
 * @param {Api} api of the operator
 * @returns {Promise<{ round: number, path: string, tokens: Map<string, string> }>}
 */
export async function openRound(api) {
  const federation = `/v1/federations/${FEDERATION}`;
  const policies = {
    baseModel: BASE_MODEL,
    aggregation: { method: 'florist', rank: { policy: 'energy', tau: TAU }, dtype: 'F16' },
    rounds: { minSubmissions: CAST.length, maxSubmissions: null, deadlineSeconds: null },
  };
  if (await api.has(federation)) await api.json('PATCH', federation, policies);
  else await api.json('POST', '/v1/federations', { name: FEDERATION, ...policies });

  /** @type {Map<string, string>} */
  const tokens = new Map();
  for (const { name } of CAST) {
    const path = `${federation}/clients/${name}`;
    const registered = await api.json('PUT', path);
    const { token } = registered.token ? registered : await api.json('POST', `${path}/token`);
    tokens.set(name, token);
  }

  const { latestRound } = await api.json('GET', federation);
  if (['collecting', 'aggregating'].includes(latestRound?.state)) {
    await api.json('POST', `${federation}/rounds/${latestRound.number}/cancel`);
  }
  const { number } = await api.json('POST', `${federation}/rounds`);
  return { round: number, path: `${federation}/rounds/${number}`, tokens };
}
