// @ts-check
import { apiCaller } from './apiCaller.mjs';
import { makeAdapter } from './makeAdapter.mjs';

const PROJECTIONS = [
  { name: 'self_attn.q_proj', m: 192, n: 192 },
  { name: 'self_attn.k_proj', m: 48, n: 192 },
  { name: 'self_attn.v_proj', m: 48, n: 192 },
  { name: 'self_attn.o_proj', m: 192, n: 192 },
];
const LAYERS = 12;

const HOSPITALS = [
  ['amsterdam', 4, 820],
  ['basel', 4, 410],
  ['coimbra', 8, 1260],
  ['dublin', 8, 690],
  ['eindhoven', 16, 2150],
  ['freiburg', 16, 1480],
  ['ghent', 32, 3020],
  ['helsinki', 64, 1910],
];

/**
 * Fills a service with something to look at: a federation some rounds into its work, one that collects, one that
 * has not begun.
 *
 * @param {string} apiUrl
 * @param {string} operatorToken
 * @param {{ rounds?: number }} [options]
 * @returns {Promise<{ federation: string, published: number, collecting: number, tokens: Map<string, string> }>}
 */
export async function seedStory(apiUrl, operatorToken, { rounds = 5 } = {}) {
  const { call, submit } = apiCaller(apiUrl, operatorToken);
  const federation = 'llama-hospitals';
  await call('POST', '/v1/federations', {
    name: federation,
    baseModel: 'TinyLlama/TinyLlama-1.1B',
    aggregation: { rank: { policy: 'energy', tau: 0.9 } },
    rounds: { minSubmissions: 6, maxSubmissions: 8, deadlineSeconds: 86_400 },
  });
  /** @type {Map<string, string>} */
  const tokens = new Map();
  for (const [name] of HOSPITALS) {
    const client = `hospital-${name}`;
    tokens.set(client, (await call('PUT', `/v1/federations/${federation}/clients/${client}`)).token);
  }
  for (let round = 1; round <= rounds + 1; round++) {
    await call('POST', `/v1/federations/${federation}/rounds`);
    const collecting = round > rounds;
    for (const [index, [name, rank, examples]] of HOSPITALS.entries()) {
      if ((collecting && index > 4) || (round === 2 && index === 3)) {
        continue;
      }
      const client = `hospital-${name}`;
      const files = makeAdapter({
        ...{ layers: LAYERS, projections: PROJECTIONS, rank: Number(rank), seed: round, client: index },
        noise: 0.2 + 0.1 * (index % 3),
        sign: index === 6 && round === rounds ? -0.4 : 1,
      });
      await submit(
        `/v1/federations/${federation}/rounds/${round}/submissions/${client}`,
        tokens.get(client) ?? '',
        {
          ...files,
          examples: Number(examples) + 37 * round,
        },
      );
    }
    if (round === 2 && !collecting) {
      await call('POST', `/v1/federations/${federation}/rounds/2/close`);
    }
    if (!collecting) {
      await published(call, federation, round);
    }
  }
  for (const tau of [0.8, 0.95]) {
    await call('POST', `/v1/federations/${federation}/rounds/${rounds}/adapters`, {
      aggregation: { rank: { policy: 'energy', tau } },
    });
  }
  for (const method of ['fedit', 'flora']) {
    await call('POST', `/v1/federations/${federation}/rounds/${rounds}/adapters`, {
      aggregation: { method },
    });
  }
  await call('POST', '/v1/federations', {
    name: 'keyboard-suggestions',
    baseModel: 'meta-llama/Llama-3.2-1B',
    aggregation: { rank: { policy: 'budget', bytes: 12_000_000 }, dtype: 'F16' },
    rounds: { minSubmissions: 20, deadlineSeconds: 21_600 },
  });
  await call('POST', '/v1/federations/keyboard-suggestions/rounds');
  await call('POST', '/v1/federations', { name: 'museum-captions' });
  return { federation, published: rounds, collecting: rounds + 1, tokens };
}

/**
 * @param {import('./apiCaller.mjs').ApiCaller['call']} call
 * @param {string} federation
 * @param {number} round
 */
export async function published(call, federation, round) {
  for (;;) {
    const { state, error } = await call('GET', `/v1/federations/${federation}/rounds/${round}`);
    if (state === 'published') {
      return;
    }
    if (state === 'failed') {
      throw new Error(`round ${round} failed: ${error?.detail}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
