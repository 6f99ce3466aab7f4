import { openBlobs } from '@florist/storage/blobs/openBlobs';
import { EventHub } from '@florist/storage/events/eventHub';
import { openLedger } from '@florist/storage/ledger/openLedger';
import { openQueues } from '@florist/storage/queue/openQueues';
import { awaitReady } from '@florist/storage/redis/awaitReady';
import { connectRedis } from '@florist/storage/redis/connectRedis';
import type { Services } from './services.js';

/** How long to wait for Redis at the start, in milliseconds: it may be starting as well. */
const CONNECT_TIMEOUT_MS = 15_000;

/** Attempts to reconnect before a command fails, about 10 s: a restart of Redis goes unnoticed, an outage is told. */
const COMMAND_RETRIES = 20;

/** After which a command fails, in milliseconds: a Redis that holds the line and says nothing is as good as away. */
const COMMAND_TIMEOUT_MS = 10_000;

export const REDIS_URL_MISSING =
  'REDIS_URL is not set; `npm start` runs a redis-server of its own and sets it';

export interface ConnectedServices {
  services: Services;
  /** Closes every connection; the app has to be closed before. */
  disconnect(): Promise<void>;
}

/**
 * Opens what the settings name.
 * @param onError told of every error of the connection to Redis, which comes back by itself
 * @throws Error with one line that says what cannot be reached
 */
export async function connectServices(
  settings: Services['settings'],
  onError: (error: Error) => void,
): Promise<ConnectedServices> {
  const { redisUrl, keyPrefix: prefix } = settings;
  if (redisUrl === undefined) {
    throw new Error(REDIS_URL_MISSING);
  }
  const blobs = await openBlobs(settings.blobUrl);
  const redis = connectRedis(redisUrl, {
    name: 'florist-api',
    maxRetriesPerRequest: COMMAND_RETRIES,
    commandTimeout: COMMAND_TIMEOUT_MS,
    onError,
  });
  await awaitReady(redis, CONNECT_TIMEOUT_MS);
  const ledger = openLedger(redis, { prefix });
  const hub = new EventHub(ledger);
  const queues = openQueues(redis, prefix);
  const disconnect = async () => {
    await hub.close();
    await queues.close();
    redis.disconnect();
  };
  return { services: { settings, ledger, blobs, hub, queues }, disconnect };
}
