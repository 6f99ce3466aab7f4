import { openBlobs } from '@florist/storage/blobs/openBlobs';
import { openLedger } from '@florist/storage/ledger/openLedger';
import { openQueues } from '@florist/storage/queue/openQueues';
import { connectRedis } from '@florist/storage/redis/connectRedis';
import type { Logger } from 'pino';
import { childEnvironment } from '../children/childSettings.js';
import { openChildPool } from '../children/openChildPool.js';
import type { ProviderChoice } from '../engine/chooseProvider.js';
import { scheduleSweeps } from '../processors/sweepProcessor.js';

import type { Concurrency } from './chooseConcurrency.js';
import { openConsumers } from './openConsumers.js';
import { startHeartbeat } from './startHeartbeat.js';

export interface WorkerPlan {
  redisUrl: string;
  keyPrefix: string;
  blobUrl: string;
  choice: ProviderChoice;
  concurrency: Concurrency;
  log: Logger;
}

/** A worker that takes jobs until it is stopped. */
export interface RunningWorker {
  /** Takes no more jobs and waits for those under way. */
  stop(): Promise<void>;
}

/** Connects, schedules the sweeps and starts to take jobs from all queues. */
export async function startWorker(plan: WorkerPlan): Promise<RunningWorker> {
  const { redisUrl, keyPrefix, choice, concurrency, log } = plan;
  const blobs = await openBlobs(plan.blobUrl);
  const onError = (error: Error) => log.warn({ err: error }, 'redis is out of reach');
  const redis = connectRedis(redisUrl, { name: 'florist-worker', onError });
  const ledger = openLedger(redis, { prefix: keyPrefix });
  const queues = openQueues(redis, keyPrefix);
  await scheduleSweeps(queues);
  const { children, threads } = concurrency;
  const pool = openChildPool(childEnvironment(process.env, { redisUrl, provider: choice.provider, threads }));
  const consumers = openConsumers({ ledger, blobs, queues, log }, pool, children);
  const heartbeat = await startHeartbeat(ledger, { ...choice, concurrency: children, threads }, log);
  return {
    async stop() {
      await Promise.all(consumers.map((consumer) => consumer.close()));
      await pool.close();
      await heartbeat.stop();
      await queues.close();
      redis.disconnect();
    },
  };
}
