import { failAdapter } from '@florist/storage/adapters/failAdapter';
import { jobStillWanted } from '@florist/storage/adapters/jobStillWanted';
import type { AttemptRef } from '@florist/storage/adapters/refs';
import type { Queues } from '@florist/storage/queue/openQueues';
import { removeAggregationJobs } from '@florist/storage/queue/removeAggregationJobs';
import type { PublishContext } from '../publication/publishAttempt.js';
import { tidyAttempt } from '../publication/tidyAttempt.js';
import { explainFaults } from './explainFaults.js';

/** Fails an adapter whose job will not be tried again, and says why as far as that can be told. */
export async function failAfterFaults(
  { ledger, blobs, queues }: PublishContext & { queues: Queues },
  ref: AttemptRef,
): Promise<void> {
  // one that was given up for another reason keeps it
  if (await jobStillWanted(ledger, ref)) {
    await failAdapter(ledger, ref, await explainFaults({ ledger, blobs }, ref));
  }
  await tidyAttempt(ledger, blobs, ref);
  await removeAggregationJobs(queues, ref);
}
