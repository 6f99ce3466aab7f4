import { failAdapter } from '@florist/storage/adapters/failAdapter';
import type { AttemptRef } from '@florist/storage/adapters/refs';
import type { Queues } from '@florist/storage/queue/openQueues';
import { removeAggregationJobs } from '@florist/storage/queue/removeAggregationJobs';
import type { PublishContext } from '../publication/publishAttempt.js';
import { tidyAttempt } from '../publication/tidyAttempt.js';

/** The cause is in the log and not for everyone's eyes. */
const GAVE_UP = {
  code: 'internal',
  detail: "aggregation failed in every attempt; see the worker's log, then retry the round",
};

/** Fails an adapter whose job will not be tried again. */
export async function failAfterFaults(
  { ledger, blobs, queues }: PublishContext & { queues: Queues },
  ref: AttemptRef,
): Promise<void> {
  await failAdapter(ledger, ref, GAVE_UP);
  await tidyAttempt(ledger, blobs, ref);
  await removeAggregationJobs(queues, ref);
}
