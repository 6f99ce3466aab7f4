// @ts-check
import { join, resolve } from 'node:path';
import { openBlobs } from '../../storage/dist/blobs/openBlobs.js';
import { openLedger } from '../../storage/dist/ledger/openLedger.js';
import { connectRedis } from '../../storage/dist/redis/connectRedis.js';
import { startRedisServer } from '../../storage/dist/redis/startRedisServer.js';
import { ensureSystem } from '../install/ensureSystem.mjs';
import { lockDataDir } from '../service/lockDataDir.mjs';
import { processList } from '../service/processList.mjs';
import { readSettings } from '../service/readSettings.mjs';
import { Complaint } from '../terminal/complaint.mjs';

/** Redis is there or it is not: tries before a command fails. */
const COMMAND_RETRIES = 3;

/** @typedef {import('../../storage/src/ledger/openLedger.js').Ledger} Ledger */
/** @typedef {import('../../storage/src/blobs/blobs.js').Blobs} Blobs */

/**
 * Opens the ledger and the blobs as `npm start` does, with a Redis of its own unless REDIS_URL names one, and keeps
 * the data folder so that no service starts in it meanwhile.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ ledger: Ledger, blobs: Blobs, close: () => Promise<void> }>}
 * @throws {Complaint}
 */
export async function openStores(env) {
  const settings = readSettings(env);
  const dataDir = resolve(settings.dataDir);
  const lock = await lockDataDir(dataDir);
  await processList(join(dataDir, 'processes.json')).endLeftovers();
  if (!settings.redisUrl) await ensureSystem('redis-server');
  const server = settings.redisUrl ? undefined : await startRedisServer({ dir: join(dataDir, 'redis') });
  /** @type {string | undefined} */
  let trouble;
  const redis = connectRedis(settings.redisUrl ?? server?.url ?? '', {
    name: 'florist-rebuild',
    maxRetriesPerRequest: COMMAND_RETRIES,
    onError: (error) => {
      trouble = error.message;
    },
  });
  const close = async () => {
    redis.disconnect();
    await server?.stop();
    await lock.release();
  };
  try {
    await redis.ping();
    const blobs = await openBlobs(settings.blobUrl);
    return { ledger: openLedger(redis, { prefix: settings.keyPrefix }), blobs, close };
  } catch (error) {
    await close();
    throw new Complaint(`Redis or the blobs cannot be opened: ${trouble ?? error}.`);
  }
}
