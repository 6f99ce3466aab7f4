// @ts-check
import { join } from 'node:path';
import { ensureSystem } from '../install/ensureSystem.mjs';
import { inRoot } from '../processes/root.mjs';
import { choosePort } from './choosePort.mjs';
import { waitUntilReady } from './waitUntilReady.mjs';

/** How long redis-server may take to stop, in milliseconds: what it holds is on disk already. */
const GRACE_MS = 12_000;
/** When the supervisor is killed, Redis outlives those who still write to it by this, in milliseconds. */
const OUTLIVES_MS = 5_000;
/** Who has lost Redis under way waits for it in vain: it gets this long to give up, in milliseconds. */
const GIVE_UP_MS = 2_000;

/**
 * Runs a Redis of our own. It has a new password whenever it starts, so when it has crashed, those who use it
 * start again too.
 *
 * @param {import('./openCrew.mjs').Crew} crew to which nobody belongs yet
 * @param {NodeJS.ProcessEnv} env
 * @param {string} dataDir
 * @returns {Promise<{ url: () => string, port: number }>} url is the present one
 */
export async function startRedis(crew, env, dataDir) {
  await ensureSystem('redis-server');
  const port = await choosePort('REDIS_URL', '127.0.0.1', 0);
  let url = '';
  const redis = crew.launch({
    name: 'redis',
    script: inRoot('scripts', 'service', 'runRedis.mjs'),
    args: [join(dataDir, 'redis'), String(port)],
    env: () => env,
    graceMs: GRACE_MS,
    orphanWaitMs: OUTLIVES_MS,
    onMessage: (message) => {
      const isFirst = url === '';
      url = String(message);
      if (isFirst) return;
      for (const user of crew.members) if (user !== redis) void user.restart(GIVE_UP_MS);
    },
  });
  await waitUntilReady([redis], async () => url !== '');
  return { url: () => url, port };
}
