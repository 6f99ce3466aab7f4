import { addSumParts } from '@florist/storage/queue/addSumParts';
import type { Queues } from '@florist/storage/queue/openQueues';
import { removeSumJobs } from '@florist/storage/queue/removeSumJobs';
import type { SumJob } from '@florist/storage/queue/sumPayloads';
import { type PresentSum, presentSum } from '@florist/storage/sums/presentSum';
import { publishSum } from '@florist/storage/sums/publishSum';
import { type Job, WaitingChildrenError } from 'bullmq';
import type { PublishContext } from '../publication/publishAttempt.js';
import { assembleSum } from '../sums/assembleSum.js';
import { planParts } from '../sums/planParts.js';
import { readSources } from '../sums/readSources.js';
import { readSumParts } from '../sums/readSumParts.js';
import { tidySum } from '../sums/tidySum.js';

/** The processor of the sum queue: shares a sum out in parts, and puts it together when they are made. */
export function sumProcessor(context: PublishContext, queues: Queues) {
  const { ledger, blobs } = context;
  return async (job: Job<SumJob>, token?: string): Promise<void> => {
    const sum = await presentSum(ledger, job.data);
    if (sum !== undefined) await make(job, sum, token);
    await tidySum(ledger, blobs, job.data);
    await removeSumJobs(queues, job.data);
  };

  async function make(job: Job<SumJob>, sum: PresentSum, token?: string): Promise<void> {
    const sources = await readSources(blobs, sum.federation, sum.sources);
    const groups = planParts(sources);
    let parts = await readSumParts(blobs, sum, groups.length);
    if (parts === undefined) {
      await addSumParts(queues, job, sum, groups);
      if (token !== undefined && (await job.moveToWaitingChildren(token))) throw new WaitingChildrenError();
      parts = await readSumParts(blobs, sum, groups.length);
    }
    if (parts === undefined) throw new Error('a part of the sum is missing');
    await publishSum(ledger, sum, await assembleSum(context, sum, sources, parts));
  }
}
