// @ts-check
import { resolve } from 'node:path';
import { provideOperatorToken } from '../../api/dist/auth/provideOperatorToken.js';
import { inRoot } from '../processes/root.mjs';
import { Complaint } from '../terminal/complaint.mjs';
import { choosePort } from './choosePort.mjs';
import { openCrew } from './openCrew.mjs';
import { readProvider } from './readProvider.mjs';
import { readSettings } from './readSettings.mjs';
import { hasDashboard, startDashboard } from './startDashboard.mjs';
import { startRedis } from './startRedis.mjs';
import { answers, waitUntilReady } from './waitUntilReady.mjs';

/** @typedef {import('./openCrew.mjs').Crew} Crew */

/**
 * How long each process may take to stop, in milliseconds: for requests under way, for the modules in work.
 * They set themselves less, so this is for one that hangs.
 */
const GRACE_MS = { api: 32_000, worker: 32_000 };

/** Threads of the api that wait for the disk: with Node's four, as many slow syncs would hold up every read. */
const DISK_THREADS = '16';

/**
 * @typedef {object} Service
 * @property {string} url of the api
 * @property {string | undefined} dashboardUrl where there is a dashboard
 * @property {string} dataDir absolute
 * @property {{ token: string, path?: string, created: boolean }} operator without path when it was set
 * @property {string} provider what computes, and why
 * @property {string} redis how Redis runs
 * @property {() => Promise<void>} stop
 */

/**
 * @typedef {object} StartOptions
 * @property {(message: string) => void} [announce] is told of every crash
 * @property {boolean} [verbose] whether the processes' logs are shown
 * @property {boolean} [headless] whether to do without the dashboard
 * @property {AbortSignal} [signal] ends the start
 */

/**
 * Starts Redis (unless REDIS_URL names one), a worker, the api and the dashboard, and keeps them running until
 * stop().
 *
 * @param {NodeJS.ProcessEnv} env the whole environment
 * @param {StartOptions} [options]
 * @returns {Promise<Service>} once all of them are ready
 * @throws {import('../terminal/complaint.mjs').Complaint}
 */
export async function startService(
  env,
  { announce = () => {}, verbose = false, headless = false, signal } = {},
) {
  const settings = readSettings(env);
  if (!headless && settings.port !== 0 && settings.port === settings.dashboardPort) {
    throw new Complaint(
      `PORT and DASHBOARD_PORT are both ${settings.port}: set one of them to another, or to 0.`,
    );
  }
  const dataDir = resolve(settings.dataDir);
  let isReady = false;
  const crew = await openCrew(dataDir, {
    verbose,
    // until then the complaint says what ended, and nothing is started again
    announce: (message) => {
      if (isReady) announce(message);
    },
  });
  try {
    const port = await choosePort('PORT', settings.host, settings.port);
    const operator = await provideOperator(settings.operatorToken, dataDir);
    // only the api reads tokens
    const { FLORIST_OPERATOR_TOKEN: _operator, FLORIST_VIEWER_TOKEN: viewer, ...others } = env;
    const tokens = { FLORIST_OPERATOR_TOKEN: operator.token, FLORIST_VIEWER_TOKEN: viewer };
    const fixed = { NODE_ENV: 'production', ...others, FLORIST_DATA_DIR: dataDir, PORT: String(port) };
    const redis = await provideRedis(settings.redisUrl, crew, fixed, dataDir);
    const withRedis = () => ({ ...fixed, REDIS_URL: redis.url() });
    const worker = startWorker(crew, withRedis, settings.logLevel);
    const script = inRoot('api', 'dist', 'server.js');
    const apiEnv = () => ({ UV_THREADPOOL_SIZE: DISK_THREADS, ...withRedis(), ...tokens });
    crew.launch({ name: 'api', script, env: apiEnv, graceMs: GRACE_MS.api });
    const { apiUrl: url } = readSettings(fixed);
    const shown = !headless && (await hasDashboard());
    const dashboardUrl = shown ? await startDashboard(crew, settings, fixed, url) : undefined;
    await waitUntilReady(
      crew.members,
      async () => worker.provider() !== '' && (await allAnswer([`${url}/readyz`, dashboardUrl])),
      signal,
    );
    isReady = true;
    return {
      url,
      dashboardUrl,
      dataDir,
      operator,
      provider: worker.provider(),
      redis: redis.where,
      stop: crew.stop,
    };
  } catch (error) {
    await crew.stop();
    throw error;
  }
}

/** @param {(string | undefined)[]} urls */
const allAnswer = async (urls) =>
  (await Promise.all(urls.map((url) => url === undefined || answers(url)))).every(Boolean);

/**
 * @param {string | undefined} given
 * @param {string} dataDir
 * @returns {Promise<Service['operator']>}
 */
async function provideOperator(given, dataDir) {
  if (given) return { token: given, created: false };
  try {
    return await provideOperatorToken(dataDir);
  } catch (error) {
    throw error instanceof Error ? new Complaint(`${error.message}.`) : error;
  }
}

/**
 * @param {string | undefined} given
 * @param {Crew} crew
 * @param {NodeJS.ProcessEnv} env
 * @param {string} dataDir
 */
async function provideRedis(given, crew, env, dataDir) {
  if (given) return { url: () => given, where: 'the one of REDIS_URL' };
  const redis = await startRedis(crew, env, dataDir);
  return { url: redis.url, where: `own redis-server on port ${redis.port}` };
}

/** At the other levels the worker does not say that it is ready. */
const TELLING_LEVELS = ['info', 'debug', 'trace'];

/**
 * @param {Crew} crew
 * @param {() => NodeJS.ProcessEnv} env
 * @param {string} logLevel
 * @returns {{ provider: () => string }} empty until the worker is ready
 */
function startWorker(crew, env, logLevel) {
  let provider = TELLING_LEVELS.includes(logLevel) ? '' : `not told at LOG_LEVEL ${logLevel}`;
  crew.launch({
    name: 'worker',
    script: inRoot('worker', 'dist', 'main.js'),
    env,
    graceMs: GRACE_MS.worker,
    onLine: (line) => {
      provider ||= readProvider(line);
    },
  });
  return { provider: () => provider };
}
