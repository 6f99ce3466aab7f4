import type { Queues } from '@florist/storage/queue/openQueues';
import { removeSumJobs } from '@florist/storage/queue/removeSumJobs';
import { failSum } from '@florist/storage/sums/failSum';
import type { SumRef } from '@florist/storage/sums/refs';
import type { PublishContext } from '../publication/publishAttempt.js';
import { tidySum } from '../sums/tidySum.js';

/** The cause is in the log and not for everyone's eyes. */
const GAVE_UP = {
  code: 'sum_failed',
  detail: "making the sum failed in every attempt; see the worker's log, then ask again in a minute",
};

/** Fails a sum whose job will not be tried again. */
export async function failSumAfterFaults(
  { ledger, blobs, queues }: PublishContext & { queues: Queues },
  ref: SumRef,
): Promise<void> {
  await failSum(ledger, ref, GAVE_UP, false);
  await tidySum(ledger, blobs, ref);
  await removeSumJobs(queues, ref);
}
