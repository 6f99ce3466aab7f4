import { outageOf } from '@florist/core/errors/outageOf';
import { DelayedError, type Job } from 'bullmq';
import type { Logger } from 'pino';
import { OUTAGE_RETRY_MS } from '../process/queueTimes.js';
import { subjectOf } from '../process/subjectOf.js';

/** What BullMQ calls for a job; the token says in whose hands it is. */
export type Process<T> = (job: Job<T>, token?: string) => Promise<void>;

/**
 * The same processor, for which an outage is no failure: a disk without room, or one that cannot be written to, puts
 * the job off and uses up none of its attempts, so a round goes on by itself however long the outage took.
 */
export function waitOutOutages<T extends object>(process: Process<T>, log: Logger): Process<T> {
  return async (job, token) => {
    try {
      await process(job, token);
    } catch (error) {
      if (outageOf(error) === undefined || token === undefined) throw error;
      log.warn(
        { ...subjectOf(job.data), err: error, job: job.id, retryMs: OUTAGE_RETRY_MS },
        'job waits for an outage to end',
      );
      await job.moveToDelayed(Date.now() + OUTAGE_RETRY_MS, token);
      throw new DelayedError();
    }
  };
}
