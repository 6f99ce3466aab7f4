import { jobStillWanted } from '@florist/storage/adapters/jobStillWanted';
import type { PartJob } from '@florist/storage/queue/payloads';
import type { ChildPool } from '../children/openChildPool.js';
import type { PublishContext } from '../publication/publishAttempt.js';
import { tidyAttempt } from '../publication/tidyAttempt.js';
import { giveUp } from './giveUp.js';
import type { Part } from './partProcessor.js';

/** Has a child process make one part of an adapter. */
export function aggregateProcessor(context: PublishContext, pool: ChildPool) {
  const { ledger, blobs } = context;
  return async (job: Part<PartJob>): Promise<void> => {
    const { data } = job;
    try {
      if (await jobStillWanted(ledger, data)) await pool.run(data);
    } catch (error) {
      if (await jobStillWanted(ledger, data)) throw await giveUp(context, data, error);
    }
    // asked again, since what was written after the round ended would otherwise stay for ever
    if (await jobStillWanted(ledger, data)) return;
    await tidyAttempt(ledger, blobs, data);
    // nobody is left to remove it
    job.opts.removeOnComplete = true;
  };
}
