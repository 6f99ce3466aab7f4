// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';
import { startRedisServer } from '../../../storage/dist/redis/startRedisServer.js';

/** Between two tries to start it, in milliseconds: another program may have taken the port for a moment. */
const RETRY_MS = 200;
const TRIES = 50;

/**
 * @typedef {object} KeptRedis a redis-server that is started again, at the same address, whenever it ends
 * @property {string} url
 * @property {() => number} pid of the present one
 * @property {(signal: NodeJS.Signals) => void} signal sends it a signal
 * @property {() => void} hold kills it, and does not start it again
 * @property {() => void} release starts it again
 * @property {() => Promise<void>} stop ends it for good
 */

/**
 * @param {string} dir of its append-only file
 * @returns {Promise<KeptRedis>}
 */
export async function keepRedis(dir) {
  let server = await startRedisServer({ dir });
  const { url, port } = server;
  const password = new URL(url).password;
  let stopping = false;
  let held = Promise.resolve();
  let release = () => {};
  const startAgain = async () => {
    for (let tries = 1; !stopping; tries++) {
      try {
        return await startRedisServer({ dir, port, password });
      } catch (error) {
        if (tries === TRIES) throw error;
        await sleep(RETRY_MS);
      }
    }
    return server;
  };
  const keep = async () => {
    while (!stopping) {
      await server.died;
      await held;
      server = await startAgain();
    }
  };
  void keep();
  return {
    url,
    pid: () => server.pid,
    signal: (signal) => void process.kill(server.pid, signal),
    hold: () => {
      held = new Promise((resolve) => {
        release = resolve;
      });
      process.kill(server.pid, 'SIGKILL');
    },
    release: () => release(),
    stop: async () => {
      stopping = true;
      release();
      await server.stop();
    },
  };
}
