// @ts-check
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './freePort.mjs';
import { launch } from './launch.mjs';

export const OPERATOR_TOKEN = 'operator-token-of-the-dashboard-tests';
export const VIEWER_TOKEN = 'viewer-token-of-the-dashboard-tests';

/** @param {string} path from the root of the repository */
const inRoot = (path) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/**
 * @typedef {object} Stack
 * @property {string} apiUrl
 * @property {string} dashboardUrl
 * @property {() => Promise<void>} stopWorker as an operator would; harmless when none runs
 * @property {() => Promise<void>} stopRedis without a word
 * @property {() => Promise<void>} stopApi
 * @property {() => Promise<void>} startApi on the same port
 * @property {() => Promise<void>} stop everything, and remove its data
 */

/**
 * Runs Redis, the api, a worker and this dashboard as processes of their own, on free ports, with data in a
 * temporary folder. All of them must be built.
 *
 * @param {{ worker?: boolean }} [options]
 * @returns {Promise<Stack>}
 */
export async function startStack({ worker = true } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'florist-dashboard-'));
  /** @type {{ stop: () => Promise<void> }[]} */
  const crew = [];
  const stop = async () => {
    for (const member of crew.reverse()) {
      await member.stop();
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const redis = await startRedis(folder);
    crew.push(redis);
    const env = {
      ...process.env,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      REDIS_URL: redis.url,
      FLORIST_DATA_DIR: join(folder, 'data'),
      FLORIST_OPERATOR_TOKEN: OPERATOR_TOKEN,
      FLORIST_VIEWER_TOKEN: VIEWER_TOKEN,
      FLORIST_EXECUTION_PROVIDER: 'cpu',
    };
    const startApi = (/** @type {string} */ port) =>
      launch('api', process.execPath, [inRoot('api/dist/server.js')], {
        env: { ...env, PORT: port },
        ready: /listening on (http\S+)/,
      });
    let api = await startApi('0');
    const apiUrl = api.said[1] ?? '';
    crew.push({ stop: () => api.stop() });
    const aggregator = worker
      ? await launch('worker', process.execPath, [inRoot('worker/dist/main.js')], {
          env,
          ready: /worker ready/,
        })
      : undefined;
    const stopWorker = async () => aggregator?.stop();
    crew.push({ stop: stopWorker });
    const dashboard = await startDashboard(apiUrl);
    crew.push(dashboard);
    return {
      apiUrl,
      dashboardUrl: dashboard.url,
      stopWorker,
      stopRedis: () => redis.stop('SIGKILL'),
      stopApi: () => api.stop('SIGKILL'),
      startApi: async () => {
        api = await startApi(new URL(apiUrl).port);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {string} apiUrl
 * @returns {Promise<import('./launch.mjs').Launched & { url: string }>}
 */
export async function startDashboard(apiUrl) {
  const dashboard = await launch('dashboard', process.execPath, [inRoot('dashboard/server.mjs')], {
    env: { ...process.env, HOST: '127.0.0.1', DASHBOARD_PORT: '0', FLORIST_API_URL: apiUrl },
    ready: /Dashboard on (http\S+)/,
  });
  return { ...dashboard, url: dashboard.said[1] ?? '' };
}

/** @param {string} folder */
async function startRedis(folder) {
  const port = await freePort();
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const lasting = ['--appendonly', 'yes', '--maxmemory-policy', 'noeviction'];
  const redis = await launch('redis', 'redis-server', [...options, ...lasting], {
    ready: /Ready to accept connections/,
  });
  return { ...redis, url: `redis://127.0.0.1:${port}` };
}
