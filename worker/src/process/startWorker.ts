import type { WebhookPrivate } from '@florist/core/settings/readSettings';
import { openBlobs } from '@florist/storage/blobs/openBlobs';
import { openLedger } from '@florist/storage/ledger/openLedger';
import { openQueues } from '@florist/storage/queue/openQueues';
import { awaitReady } from '@florist/storage/redis/awaitReady';
import { connectRedis } from '@florist/storage/redis/connectRedis';
import type { Logger } from 'pino';
import { childEnvironment } from '../children/childSettings.js';
import { openChildPool } from '../children/openChildPool.js';
import type { ProviderChoice } from '../engine/chooseProvider.js';
import { scheduleSweeps } from '../processors/sweepProcessor.js';
import type { Concurrency } from './chooseConcurrency.js';
import { jobsInHand } from './jobsInHand.js';
import { openConsumers } from './openConsumers.js';
import { startHeartbeat } from './startHeartbeat.js';

export interface WorkerPlan {
  redisUrl: string;
  keyPrefix: string;
  blobUrl: string;
  choice: ProviderChoice;
  concurrency: Concurrency;
  webhookPrivate: WebhookPrivate;
  log: Logger;
}

/** A worker that takes jobs until it is stopped. */
export interface RunningWorker {
  /** Takes no more jobs and waits for those under way. */
  stop(): Promise<void>;
  /** Gives the jobs under way back to their queues, and returns how many; the process must end then. */
  giveBack(): Promise<number>;
}

/** Connects, schedules the sweeps and starts to take jobs from all queues. */
export async function startWorker(plan: WorkerPlan): Promise<RunningWorker> {
  const { redisUrl, keyPrefix, choice, concurrency, log } = plan;
  const blobs = await openBlobs(plan.blobUrl);
  const onError = (error: Error) => log.warn({ err: error }, 'redis is out of reach');
  const redis = connectRedis(redisUrl, { name: 'florist-worker', onError });
  await awaitReady(redis);
  const ledger = openLedger(redis, { prefix: keyPrefix });
  const queues = openQueues(redis, keyPrefix);
  await scheduleSweeps(queues);
  const { children, threads } = concurrency;
  const pool = openChildPool(
    children,
    childEnvironment(process.env, { redisUrl, provider: choice.provider, threads }),
  );
  const hands = jobsInHand();
  const context = { ledger, blobs, queues, log };
  const consumers = openConsumers(context, pool, children, hands, plan.webhookPrivate);
  const heartbeat = await startHeartbeat(ledger, { ...choice, concurrency: children, threads }, log);
  return {
    async stop() {
      await Promise.all(consumers.map((consumer) => consumer.close()));
      await pool.close();
      await heartbeat.stop();
      await queues.close();
      redis.disconnect();
    },
    giveBack: hands.giveBack,
  };
}
