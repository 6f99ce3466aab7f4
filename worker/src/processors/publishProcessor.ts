import { jobStillWanted } from '@florist/storage/adapters/jobStillWanted';
import { addProjectChildren } from '@florist/storage/queue/addProjectChildren';
import type { Queues } from '@florist/storage/queue/openQueues';
import type { PublishJob } from '@florist/storage/queue/payloads';
import { removeAggregationJobs } from '@florist/storage/queue/removeAggregationJobs';
import { type Job, WaitingChildrenError } from 'bullmq';
import { type PublishContext, publishAttempt } from '../publication/publishAttempt.js';
import { tidyAttempt } from '../publication/tidyAttempt.js';
import { giveUp } from './giveUp.js';

/** The processor of the publish queue, which runs when all parts of an adapter, or of its first phase, are made. */
export function publishProcessor(context: PublishContext, queues: Queues) {
  const { ledger, blobs } = context;
  return async (job: Job<PublishJob>, token?: string): Promise<void> => {
    if (await jobStillWanted(ledger, job.data)) await publish(job, token);
    await tidyAttempt(ledger, blobs, job.data);
    await removeAggregationJobs(queues, job.data);
  };

  async function publish(job: Job<PublishJob>, token?: string): Promise<void> {
    const result = await publishAttempt(context, job.data).catch(async (error: unknown) => {
      throw await giveUp(context, job.data, error);
    });
    if (result.outcome !== 'allotted') return;
    await addProjectChildren(queues, job, result.ranks);
    if (token !== undefined && (await job.moveToWaitingChildren(token))) throw new WaitingChildrenError();
    await publish(job, token);
  }
}
