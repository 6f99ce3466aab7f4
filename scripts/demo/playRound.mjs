// @ts-check
import { formatBytes } from '../terminal/format.mjs';
import { step } from '../terminal/step.mjs';
import { awaitAdapter } from './awaitAdapter.mjs';
import { CAST, FEDERATION, TAU, TAUS_DERIVED } from './cast.mjs';
import { makeAdapters } from './makeAdapters.mjs';
import { openApi } from './openApi.mjs';
import { openRound } from './openRound.mjs';
import { uploadAdapters } from './uploadAdapters.mjs';
import { verifyDownload } from './verifyDownload.mjs';

/** @typedef {import('./makeAdapters.mjs').Upload} Upload */
/** @typedef {import('./awaitAdapter.mjs').Published} Published */
/** @typedef {import('./printResults.mjs').Threshold} Threshold */
/** @typedef {import('./printResults.mjs').Comparison} Comparison */

/**
 * A whole round over HTTP: eight clients submit, the round closes and publishes, two more thresholds are
 * derived from the same submissions, and everything that was published is downloaded and checked.
 *
 * @param {import('../service/startService.mjs').Service} service
 * @param {string} folder for the clients' adapters
 * @returns {Promise<{ path: string, thresholds: Threshold[], comparison: Comparison }>} path of the round,
 *   thresholds by τ
 */
export async function playRound({ url, operator }, folder) {
  const api = openApi(url, operator.token);
  /** @type {Upload[]} */
  const uploads = await step(
    'Making adapters for TinyLlama',
    (progress) => makeAdapters(folder, progress),
    (/** @type {Upload[]} */ made) => `ranks ${made.map(({ rank }) => rank).join(', ')}`,
  );
  const round = await step(
    `Opening a round of "${FEDERATION}", registering its clients`,
    () => openRound(api),
    ({ round }) => `round ${round}`,
  );
  const bytes = uploads.reduce((sum, upload) => sum + upload.bytes, 0);
  await step(
    `Uploading ${CAST.length} adapters`,
    (progress) => uploadAdapters(url, round, uploads, progress),
    () => `${formatBytes(bytes)}, every receipt matches`,
  );
  /** @type {Map<number, Published>} */
  const adapters = new Map();
  const first = await step(
    `Aggregating with FLoRIST, τ ${TAU.toFixed(2)}`,
    async (progress) => {
      const { adapter } = await api.json('POST', `${round.path}/close`);
      return awaitAdapter(api, round.path, adapter.id, progress);
    },
    describe,
  );
  adapters.set(TAU, first);
  for (const tau of TAUS_DERIVED) {
    const derived = await step(
      `Deriving another adapter, τ ${tau.toFixed(2)}`,
      async (progress) => {
        const aggregation = { rank: { policy: 'energy', tau } };
        const { id } = await api.json('POST', `${round.path}/adapters`, { aggregation });
        return awaitAdapter(api, round.path, id, progress);
      },
      describe,
    );
    adapters.set(tau, derived);
  }
  await step(
    `Downloading the ${adapters.size} adapters`,
    async () => {
      for (const adapter of adapters.values()) await verifyDownload(api, round.path, adapter);
    },
    () => 'sizes, SHA-256 and ranks are as published',
  );
  const thresholds = [...adapters].sort(([a], [b]) => a - b).map(([tau, { result }]) => ({ tau, result }));
  return { path: round.path, thresholds, comparison: await api.json('GET', `${round.path}/comparison`) };
}

/** @param {Published} adapter */
const describe = ({ result }) => `${result.modules} modules, total rank ${result.totalRank}`;
