import { jobStillWanted } from '@florist/storage/adapters/jobStillWanted';
import { addPhaseChildren } from '@florist/storage/queue/addPhaseChildren';
import type { Queues } from '@florist/storage/queue/openQueues';
import type { PublishJob } from '@florist/storage/queue/payloads';
import { removeAggregationJobs } from '@florist/storage/queue/removeAggregationJobs';
import { type Job, WaitingChildrenError } from 'bullmq';
import { type PublishContext, publishAttempt } from '../publication/publishAttempt.js';
import { tidyAttempt } from '../publication/tidyAttempt.js';
import { giveUp } from './giveUp.js';

/** The processor of the publish queue, which runs when all parts of an adapter, or of one of its phases, are made. */
export function publishProcessor(context: PublishContext, queues: Queues) {
  const { ledger, blobs } = context;
  return async (job: Job<PublishJob>, token?: string): Promise<void> => {
    let waits = true;
    while (waits && (await jobStillWanted(ledger, job.data))) waits = await publish(job, token);
    await tidyAttempt(ledger, blobs, job.data);
    await removeAggregationJobs(queues, job.data);
    // a job cannot remove itself while it runs; one that the ledger still waits for is kept for the sweep to see
    if (!(await jobStillWanted(ledger, job.data))) job.opts.removeOnComplete = true;
  };

  /** Whether there is more to do, as when the children of the next phase were done at once. */
  async function publish(job: Job<PublishJob>, token?: string): Promise<boolean> {
    const result = await publishAttempt(context, job.data).catch(async (error: unknown) => {
      throw await giveUp(context, job.data, error);
    });
    if (result.outcome !== 'continues') return false;
    await addPhaseChildren(queues, job, result.phase, result.ranks);
    if (token !== undefined && (await job.moveToWaitingChildren(token))) throw new WaitingChildrenError();
    return true;
  }
}
