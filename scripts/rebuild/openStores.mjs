// @ts-check
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
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
 * the data folder so that no service starts in it meanwhile. A dry run leaves nothing in the folder: its Redis is
 * elsewhere and empty.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {boolean} dryRun
 * @returns {Promise<{ ledger: Ledger, blobs: Blobs, close: () => Promise<void> }>}
 * @throws {Complaint}
 */
export async function openStores(env, dryRun) {
  const settings = readSettings(env);
  const dataDir = resolve(settings.dataDir);
  await requireBlobs(settings.blobUrl);
  const place = dryRun ? await openScratch() : await keepDataDir(dataDir);
  if (!settings.redisUrl) await ensureSystem('redis-server');
  const server = settings.redisUrl ? undefined : await startRedisServer({ dir: place.redisDir });
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
    await place.release();
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

/**
 * A mistyped folder would look like a service that never had a federation.
 *
 * @param {string} url
 * @throws {Complaint} when there are no blobs
 */
async function requireBlobs(url) {
  const path = url.slice('file:'.length);
  const folder = path.startsWith('/') ? fileURLToPath(url) : resolve(decodeURIComponent(path));
  const names = await readdir(folder).catch(() => []);
  if (names.some((name) => name === 'records' || name === 'federations')) return;
  throw new Complaint(
    `${folder} holds no blobs: set FLORIST_DATA_DIR or FLORIST_BLOB_URL to where they are.`,
  );
}

/** @param {string} dataDir */
async function keepDataDir(dataDir) {
  const { release } = await lockDataDir(dataDir);
  await processList(join(dataDir, 'processes.json')).endLeftovers();
  return { redisDir: join(dataDir, 'redis'), release };
}

async function openScratch() {
  const redisDir = await mkdtemp(join(tmpdir(), 'florist-dry-run-'));
  return { redisDir, release: () => rm(redisDir, { recursive: true, force: true }) };
}
