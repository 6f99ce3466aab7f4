// @ts-check
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openApi } from '../../demo/openApi.mjs';
import { cleanEnvironment } from '../../processes/cleanEnvironment.mjs';
import { inRoot } from '../../processes/root.mjs';
import { awaitEvent } from '../../service/awaitEvent.mjs';
import { openCrew } from '../../service/openCrew.mjs';
import { readProvider } from '../../service/readProvider.mjs';
import { startRedis } from '../../service/startRedis.mjs';
import { startService } from '../../service/startService.mjs';
import { waitUntilReady } from '../../service/waitUntilReady.mjs';
import { Complaint } from '../../terminal/complaint.mjs';

/** How long a worker may take to end, in milliseconds: nothing is under way by then. */
const GRACE_MS = 12_000;

/**
 * @typedef {object} BenchService
 * @property {string} url
 * @property {import('../../demo/openApi.mjs').Api} api of the operator
 * @property {(path: string) => Promise<void>} remove deletes what is at a path
 * @property {(path: string, types: readonly string[]) => ReturnType<typeof awaitEvent>} awaitEvent of the
 *   federation at a path
 * @property {string} dataDir
 * @property {(name: 'api' | 'worker') => number[]} pids of the processes of that name that the service runs
 * @property {() => Promise<void>} addWorker starts one more worker process
 * @property {() => Promise<void>} stop
 */

/**
 * The whole service as `npm start` runs it, on the CPU, without the dashboard, with a data folder and a Redis of
 * its own.
 *
 * @param {string} folder in which to make the data folder
 * @param {Record<string, string>} [settings] for the environment
 * @returns {Promise<BenchService>}
 */
export async function openBenchService(folder, settings = {}) {
  const dataDir = await mkdtemp(join(folder, 'service-'));
  const base = {
    ...process.env,
    ...cleanEnvironment(),
    HOST: '127.0.0.1',
    PORT: '0',
    NODE_ENV: 'production',
    FLORIST_DATA_DIR: dataDir,
    FLORIST_EXECUTION_PROVIDER: 'cpu',
    ...settings,
  };
  // The service would keep its Redis's password to itself, and a second worker needs it.
  const crew = await openCrew(join(dataDir, 'apart'), { announce: () => {}, verbose: false });
  try {
    const redis = await startRedis(crew, base, join(dataDir, 'apart'));
    const env = { ...base, REDIS_URL: redis.url() };
    const service = await startService(env, { headless: true });
    return {
      url: service.url,
      api: openApi(service.url, service.operator.token),
      remove: async (path) => {
        const headers = { authorization: `Bearer ${service.operator.token}` };
        const { ok, status } = await fetch(service.url + path, { method: 'DELETE', headers });
        if (!ok) throw new Complaint(`DELETE ${path} was answered with ${status}.`);
      },
      awaitEvent: (path, types) => awaitEvent(`${service.url}${path}/events`, service.operator.token, types),
      dataDir,
      pids: (name) => pidsOf(join(dataDir, 'processes.json'), name),
      addWorker: () => addWorker(crew, env),
      stop: async () => {
        await service.stop();
        await crew.stop();
        await rm(dataDir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await crew.stop();
    throw error;
  }
}

/**
 * @param {string} path of the list of processes that the service keeps
 * @param {string} wanted
 * @returns {number[]}
 */
function pidsOf(path, wanted) {
  /** @type {import('../../service/processList.mjs').Entry[]} */
  const entries = JSON.parse(readFileSync(path, 'utf8'));
  return entries.filter(({ name }) => name === wanted).map(({ pid }) => pid);
}

/**
 * @param {import('../../service/openCrew.mjs').Crew} crew
 * @param {NodeJS.ProcessEnv} env
 */
async function addWorker(crew, env) {
  let provider = '';
  const worker = crew.launch({
    name: 'worker',
    script: inRoot('worker', 'dist', 'main.js'),
    env: () => env,
    graceMs: GRACE_MS,
    onLine: (line) => {
      provider ||= readProvider(line);
    },
  });
  await waitUntilReady([worker], async () => provider !== '');
}
