import type { WebhookPrivate } from '@florist/core/settings/readSettings';
import type { AttemptRef } from '@florist/storage/adapters/refs';
import {
  AGGREGATE_QUEUE,
  PUBLISH_QUEUE,
  SUM_QUEUE,
  SWEEP_QUEUE,
  WEBHOOK_QUEUE,
} from '@florist/storage/queue/names';
import type { PartJob, PublishJob } from '@florist/storage/queue/payloads';
import type { SumJob, SumPartJob } from '@florist/storage/queue/sumPayloads';
import type { SumRef } from '@florist/storage/sums/refs';
import type { WebhookMessage } from '@florist/storage/webhooks/webhookMessage';
import { type Job, Worker, type WorkerOptions } from 'bullmq';
import { type ChildPool, JOBS_PER_CHILD } from '../children/openChildPool.js';
import { aggregateProcessor } from '../processors/aggregateProcessor.js';
import { failAfterFaults } from '../processors/failAfterFaults.js';
import { failSumAfterFaults } from '../processors/failSumAfterFaults.js';
import { partProcessor } from '../processors/partProcessor.js';
import { publishProcessor } from '../processors/publishProcessor.js';
import { sumPartProcessor } from '../processors/sumPartProcessor.js';
import { sumProcessor } from '../processors/sumProcessor.js';
import { sweepProcessor } from '../processors/sweepProcessor.js';
import type { SweepContext } from '../processors/sweepRounds.js';
import { type Process, waitOutOutages } from '../processors/waitOutOutages.js';
import { webhookProcessor } from '../webhooks/webhookProcessor.js';
import type { JobsInHand } from './jobsInHand.js';
import { LOCK_MS, RUN_RETRY_MS, STALLED_CHECK_MS, STALLS_MAX } from './queueTimes.js';
import { subjectOf } from './subjectOf.js';

/** Adapters put together at a time; each streams from disk to disk. */
const PUBLISH_CONCURRENCY = 4;

/** Messages on their way at a time: each mostly waits, and a slow receiver must not hold up the others. */
const WEBHOOK_CONCURRENCY = 32;

/** Sweeps at a time: one that reads months of files must not keep others waiting that come every two seconds. */
const SWEEP_CONCURRENCY = 4;

/**
 * Starts to take jobs from all queues: products in child processes, the rest in this one.
 *
 * @param children how many there are in the pool
 * @param hands that hold the jobs under way
 * @param webhookPrivate whether webhooks may go to private addresses
 */
export function openConsumers(
  context: SweepContext,
  pool: ChildPool,
  children: number,
  hands: JobsInHand,
  webhookPrivate: WebhookPrivate,
): Worker[] {
  const { ledger, queues, log } = context;
  const patient = <T extends object>(process: Process<T>) => hands.hold(waitOutOutages(process, log));
  const options: WorkerOptions = {
    connection: ledger.redis,
    prefix: queues.prefix,
    lockDuration: LOCK_MS,
    stalledInterval: STALLED_CHECK_MS,
    maxStalledCount: STALLS_MAX,
    runRetryDelay: RUN_RETRY_MS,
  };
  const part = partProcessor(aggregateProcessor(context, pool), sumPartProcessor(context, pool));
  const aggregate = new Worker<PartJob | SumPartJob>(AGGREGATE_QUEUE, patient(part), {
    ...options,
    concurrency: children * JOBS_PER_CHILD,
  });
  const publish = new Worker<PublishJob>(PUBLISH_QUEUE, patient(publishProcessor(context, queues)), {
    ...options,
    concurrency: PUBLISH_CONCURRENCY,
  });
  const sum = new Worker<SumJob>(SUM_QUEUE, patient(sumProcessor(context, queues)), {
    ...options,
    concurrency: PUBLISH_CONCURRENCY,
  });
  const sweep = new Worker(SWEEP_QUEUE, hands.hold(sweepProcessor(context)), {
    ...options,
    concurrency: SWEEP_CONCURRENCY,
  });
  const webhooks = new Worker<WebhookMessage>(
    WEBHOOK_QUEUE,
    hands.hold(webhookProcessor(ledger, webhookPrivate === 'allow')),
    { ...options, concurrency: WEBHOOK_CONCURRENCY },
  );
  watch(context, aggregate, ({ data }) =>
    'sum' in data ? failSumAfterFaults(context, data) : failAfterFaults(context, data),
  );
  watch(context, publish, ({ data }) => failAfterFaults(context, data));
  watch(context, sum, ({ data }) => failSumAfterFaults(context, data));
  sweep.on('failed', (_job, error) => context.log.error({ err: error }, 'sweep failed'));
  webhooks.on('failed', (job, error) => context.log.debug({ err: error, job: job?.id }, 'message failed'));
  const consumers: Worker[] = [aggregate, publish, sum, sweep, webhooks];
  for (const consumer of consumers) {
    consumer.on('error', (error) => context.log.error({ err: error, queue: consumer.name }, 'queue error'));
  }
  return consumers;
}

/** Logs failures, and fails what the job is for with its last; what is missed here, the sweep finds. */
function watch<T extends AttemptRef | SumRef>(
  context: SweepContext,
  consumer: Worker<T>,
  fail: (job: Job<T>) => Promise<void>,
): void {
  const { log } = context;
  consumer.on('failed', (job: Job<T> | undefined, error) => {
    const about = { ...subjectOf(job?.data ?? {}), job: job?.id };
    const line = { ...about, err: error, attempt: job?.attemptsMade };
    if (job === undefined || job.finishedOn === undefined) return log.warn(line, 'job failed');
    // a part that failed has said why; all its parent could say is that it did
    log[job.deferredFailure ? 'debug' : 'error'](line, `${nameOf(job.data)} cannot be made`);
    fail(job).catch((fault: unknown) => {
      log.error({ ...about, err: fault }, 'could not fail what the job is for');
    });
  });
}

/** For people: the log's terminal shows the message alone. */
function nameOf(data: AttemptRef | SumRef): string {
  return 'sum' in data
    ? `sum ${data.sum} of ${data.federation}`
    : `adapter ${data.adapter} of round ${data.round} of ${data.federation}`;
}
