import type { AttemptRef } from '@florist/storage/adapters/refs';
import { AGGREGATE_QUEUE, PUBLISH_QUEUE, SWEEP_QUEUE } from '@florist/storage/queue/names';
import type { PartJob, PublishJob } from '@florist/storage/queue/payloads';
import { type Job, Worker, type WorkerOptions } from 'bullmq';
import type { ChildPool } from '../children/openChildPool.js';
import { aggregateProcessor } from '../processors/aggregateProcessor.js';
import { failAfterFaults } from '../processors/failAfterFaults.js';
import { publishProcessor } from '../processors/publishProcessor.js';
import { sweepProcessor } from '../processors/sweepProcessor.js';
import type { SweepContext } from '../processors/sweepRounds.js';
import { LOCK_MS, RUN_RETRY_MS, STALLED_CHECK_MS, STALLS_MAX } from './queueTimes.js';

/** Adapters put together at a time; each streams from disk to disk. */
const PUBLISH_CONCURRENCY = 4;

/**
 * Starts to take jobs from the three queues: products in child processes, the rest in this one.
 *
 * @param children parts made at a time
 */
export function openConsumers(context: SweepContext, pool: ChildPool, children: number): Worker[] {
  const { ledger, queues } = context;
  const options: WorkerOptions = {
    connection: ledger.redis,
    prefix: queues.prefix,
    lockDuration: LOCK_MS,
    stalledInterval: STALLED_CHECK_MS,
    maxStalledCount: STALLS_MAX,
    runRetryDelay: RUN_RETRY_MS,
  };
  const aggregate = new Worker<PartJob>(AGGREGATE_QUEUE, aggregateProcessor(context, pool), {
    ...options,
    concurrency: children,
  });
  const publish = new Worker<PublishJob>(PUBLISH_QUEUE, publishProcessor(context, queues), {
    ...options,
    concurrency: PUBLISH_CONCURRENCY,
  });
  const sweep = new Worker(SWEEP_QUEUE, sweepProcessor(context), options);
  watch(context, aggregate);
  watch(context, publish);
  sweep.on('failed', (_job, error) => context.log.error({ err: error }, 'sweep failed'));
  const consumers: Worker[] = [aggregate, publish, sweep];
  for (const consumer of consumers) {
    consumer.on('error', (error) => context.log.error({ err: error, queue: consumer.name }, 'queue error'));
  }
  return consumers;
}

/** Logs failures, and fails the adapter with its last; what is missed here, the sweep finds. */
function watch<T extends AttemptRef>(context: SweepContext, consumer: Worker<T>): void {
  const { log } = context;
  consumer.on('failed', (job: Job<T> | undefined, error) => {
    log.warn({ err: error, job: job?.id, attempt: job?.attemptsMade }, 'job failed');
    if (job === undefined || job.finishedOn === undefined) return;
    failAfterFaults(context, job.data).catch((fault: unknown) => {
      log.error({ err: fault, job: job.id }, 'could not fail the adapter');
    });
  });
}
