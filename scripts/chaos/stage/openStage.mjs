// @ts-check
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cleanEnvironment } from '../../processes/cleanEnvironment.mjs';
import { openLog } from '../../processes/openLog.mjs';
import { inRoot } from '../../processes/root.mjs';
import { supervise } from '../../processes/supervise.mjs';
import { choosePort } from '../../service/choosePort.mjs';
import { readProvider } from '../../service/readProvider.mjs';
import { answers, waitUntilReady } from '../../service/waitUntilReady.mjs';
import { childrenOf } from './childrenOf.mjs';
import { keepRedis } from './keepRedis.mjs';

/** A killed process is started again after this, in milliseconds, as an impatient supervisor would. */
const RESTART_MS = 100;
/** How long a process may take to stop when it is asked to, in milliseconds; its own bounds are below. */
const GRACE_MS = 35_000;
export const OPERATOR_TOKEN = 'operator-token-of-the-chaos';
export const KEY_PREFIX = 'chaos';

/** @typedef {'api' | 'worker' | 'child' | 'redis'} Victim */
/**
 * @typedef {object} Member a process of ours that is started again whenever it ends
 * @property {'api' | 'worker'} kind
 * @property {() => number | undefined} pid
 * @property {() => boolean} ready whether a worker has said so since it was started last; an api is asked
 * @property {() => Promise<void>} restart stops it gracefully, then starts it again
 */
/**
 * @typedef {object} Stage processes that serve one data folder
 * @property {string} dataDir
 * @property {string} blobDir
 * @property {string[]} urls of the apis
 * @property {Member[]} members
 * @property {import('./keepRedis.mjs').KeptRedis} redis
 * @property {(victim: Victim, draw: number) => boolean} kill with SIGKILL; false when there is none to kill
 * @property {() => Promise<void>} untilReady every api and worker is
 * @property {() => Promise<void>} stopProcesses all but Redis and the data
 * @property {() => Promise<void>} stop all of it, and removes the data
 */

/**
 * Runs the service as its processes alone, so that each can be killed apart.
 *
 * @param {{ apis: number, workers: number }} counts
 * @param {string} [blobDir] elsewhere than in the data folder
 * @returns {Promise<Stage>} once everything is ready
 */
export async function openStage({ apis, workers }, blobDir) {
  const dataDir = await mkdtemp(join(tmpdir(), 'florist-chaos-'));
  const blobs = blobDir ?? join(dataDir, 'blobs');
  mkdirSync(join(dataDir, 'logs'));
  const redis = await keepRedis(join(dataDir, 'redis'));
  const env = environment(dataDir, blobs, redis.url);
  /** @type {(Member & { supervised: import('../../processes/supervise.mjs').Supervised })[]} */
  const members = [];
  /** @type {string[]} */
  const urls = [];
  for (let at = 0; at < apis; at++) {
    const port = await choosePort('PORT', '127.0.0.1', 0);
    urls.push(`http://127.0.0.1:${port}`);
    members.push(
      launch('api', at, join('api', 'dist', 'server.js'), { ...env, PORT: String(port) }, dataDir),
    );
  }
  for (let at = 0; at < workers; at++) {
    members.push(launch('worker', at, join('worker', 'dist', 'main.js'), env, dataDir));
  }
  const isReady = async () =>
    members.every(({ ready }) => ready()) &&
    (await Promise.all(urls.map((url) => answers(`${url}/readyz`)))).every(Boolean);
  const stopProcesses = async () =>
    void (await Promise.all(members.map(({ supervised }) => supervised.stop())));
  const stop = async () => {
    await stopProcesses();
    await redis.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await waitUntilReady(
      members.map(({ supervised }) => supervised),
      isReady,
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ...{ dataDir, blobDir: blobs, urls, members, redis, stopProcesses, stop },
    kill: (victim, draw) => kill(victim, draw, members, redis),
    untilReady: () => waitUntilReady([], isReady),
  };
}

/**
 * @param {string} dataDir
 * @param {string} blobs
 * @param {string} redisUrl
 * @returns {NodeJS.ProcessEnv}
 */
const environment = (dataDir, blobs, redisUrl) => ({
  ...process.env,
  ...cleanEnvironment(),
  HOST: '127.0.0.1',
  NODE_ENV: 'production',
  REDIS_URL: redisUrl,
  FLORIST_DATA_DIR: dataDir,
  FLORIST_BLOB_URL: pathToFileURL(blobs).href,
  FLORIST_KEY_PREFIX: KEY_PREFIX,
  FLORIST_OPERATOR_TOKEN: OPERATOR_TOKEN,
  FLORIST_EXECUTION_PROVIDER: 'cpu',
  FLORIST_WORKER_CONCURRENCY: '1',
});

/**
 * @param {'api' | 'worker'} kind
 * @param {number} at
 * @param {string} path
 * @param {NodeJS.ProcessEnv} env
 * @param {string} dataDir
 */
function launch(kind, at, path, env, dataDir) {
  const log = openLog(join(dataDir, 'logs', `${kind}-${at}.log`));
  /** @type {number | undefined} */
  let pid;
  let ready = kind === 'api';
  const supervised = supervise(
    {
      name: `${kind}-${at}`,
      script: inRoot(path),
      env: () => env,
      graceMs: GRACE_MS,
      restartMs: RESTART_MS,
      onLine: (line) => {
        log.write(`${line}\n`);
        ready ||= readProvider(line) !== '';
      },
      onPid: (now) => {
        pid = now;
        ready = kind === 'api';
      },
    },
    (message) => log.write(`${message}\n`),
  );
  return {
    ...{ kind, supervised },
    pid: () => pid,
    ready: () => ready,
    restart: () => supervised.restart(GRACE_MS),
  };
}

/**
 * @param {Victim} victim
 * @param {number} draw in [0, 1), which of them
 * @param {Member[]} members
 * @param {import('./keepRedis.mjs').KeptRedis} redis
 */
function kill(victim, draw, members, redis) {
  const pids = pidsOf(victim, members, redis);
  const pid = pids[Math.floor(draw * pids.length)];
  if (pid === undefined) return false;
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {Victim} victim
 * @param {Member[]} members
 * @param {import('./keepRedis.mjs').KeptRedis} redis
 */
function pidsOf(victim, members, redis) {
  if (victim === 'redis') return [redis.pid()];
  const kind = victim === 'child' ? 'worker' : victim;
  const pids = members.flatMap((member) => (member.kind === kind ? [member.pid() ?? []].flat() : []));
  return victim === 'child' ? pids.flatMap(childrenOf) : pids;
}
