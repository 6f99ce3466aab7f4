import { jobStillWanted } from '@florist/storage/adapters/jobStillWanted';
import type { PartJob } from '@florist/storage/queue/payloads';
import type { Job } from 'bullmq';
import type { ChildPool } from '../children/openChildPool.js';
import type { PublishContext } from '../publication/publishAttempt.js';
import { tidyAttempt } from '../publication/tidyAttempt.js';
import { giveUp } from './giveUp.js';

/** The processor of the aggregate queue: has a child process make one part of an adapter. */
export function aggregateProcessor(context: PublishContext, pool: ChildPool) {
  const { ledger, blobs } = context;
  return async ({ data }: Job<PartJob>): Promise<void> => {
    try {
      if (await jobStillWanted(ledger, data)) await pool.run(data);
    } catch (error) {
      throw await giveUp(context, data, error);
    }
    // asked again, since what was written after the round ended would otherwise stay for ever
    if (!(await jobStillWanted(ledger, data))) await tidyAttempt(ledger, blobs, data);
  };
}
