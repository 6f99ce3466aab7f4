// @ts-check
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readSettings } from '../../../core/dist/settings/readSettings.js';
import { startRedisServer } from '../../../storage/dist/redis/startRedisServer.js';
import { openApi } from '../../demo/openApi.mjs';
import { cleanEnvironment } from '../../processes/cleanEnvironment.mjs';
import { inRoot } from '../../processes/root.mjs';
import { supervise } from '../../processes/supervise.mjs';
import { tryPort } from '../../processes/tryPort.mjs';
import { answers, waitUntilReady } from '../../service/waitUntilReady.mjs';

const TOKEN = 'operator-token-of-the-fuzzer';
const GRACE_MS = 10_000;
/** How long a machine may be too busy for the api to take a request, in milliseconds. */
const OVERLOAD_MS_MAX = 60_000;
const POLL_MS = 200;
const FEDERATION = '/v1/federations/fuzz';
/** Whose submissions are fuzzed. */
const CLIENT = 'north';

/**
 * An api and a redis-server of their own, with a federation whose round collects.
 *
 * @typedef {object} UploadTarget
 * @property {string} url of the submission
 * @property {string} token
 * @property {() => Promise<void>} withdraw the submission that was accepted
 * @property {() => Promise<{ files: string[], submissions: number, restarts: number }>} look at what is stored
 * @property {() => Promise<number>} memory the most that the api has had in RAM, in bytes; 0 where /proc is missing
 * @property {() => Promise<void>} stop
 */

/** @returns {Promise<UploadTarget>} */
export async function startTarget() {
  const dir = await mkdtemp(join(tmpdir(), 'florist-fuzz-'));
  const redis = await startRedisServer({ dir: join(dir, 'redis'), appendOnly: false });
  const port = await tryPort('127.0.0.1', 0);
  const own = { HOST: '127.0.0.1', PORT: String(port), REDIS_URL: redis.url, LOG_LEVEL: 'error' };
  const env = {
    ...process.env,
    ...cleanEnvironment(),
    ...own,
    FLORIST_DATA_DIR: dir,
    FLORIST_OPERATOR_TOKEN: TOKEN,
  };
  /** @type {number | undefined} */
  let pid;
  let starts = 0;
  const script = inRoot('api', 'dist', 'server.js');
  const onPid = (/** @type {number | undefined} */ now) => {
    pid = now;
    if (now !== undefined) starts++;
  };
  const api = supervise({ name: 'api', script, env: () => env, graceMs: GRACE_MS, onPid }, () => {});
  const { apiUrl } = readSettings(env);
  const stop = async () => {
    await api.stop();
    await redis.stop();
    await rm(dir, { recursive: true, force: true });
  };
  try {
    await waitUntilReady([api], () => answers(`${apiUrl}/readyz`));
    const round = await openRound(apiUrl);
    return {
      ...{ url: `${apiUrl}${round}/submissions/${CLIENT}`, token: TOKEN, stop },
      withdraw: () => withdraw(`${apiUrl}${round}/submissions/${CLIENT}`),
      look: async () => ({
        files: await filesOf(dir),
        submissions: (await openApi(apiUrl, TOKEN).json('GET', `${round}/submissions`)).items.length,
        restarts: starts - 1,
      }),
      memory: () => peakOf(pid),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @param {string} apiUrl */
async function openRound(apiUrl) {
  const operator = openApi(apiUrl, TOKEN);
  await operator.json('POST', '/v1/federations', { name: 'fuzz', aggregation: { missingModules: 'zero' } });
  await operator.json('PUT', `${FEDERATION}/clients/${CLIENT}`);
  await operator.json('POST', `${FEDERATION}/rounds`);
  return `${FEDERATION}/rounds/1`;
}

/** @param {string} url */
async function withdraw(url) {
  const deadline = performance.now() + OVERLOAD_MS_MAX;
  for (;;) {
    const response = await fetch(url, { method: 'DELETE', headers: { authorization: `Bearer ${TOKEN}` } });
    const text = await response.text();
    if (response.status === 204) return;
    if (response.status !== 503 || performance.now() > deadline) throw new Error(`not withdrawn: ${text}`);
    await sleep(POLL_MS);
  }
}

/** @param {string} dir whatever lies in it but the ledger */
async function filesOf(dir) {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.filter((file) => !file.startsWith(join(dir, 'redis'))).sort();
}

/** @param {number | undefined} pid */
async function peakOf(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}
