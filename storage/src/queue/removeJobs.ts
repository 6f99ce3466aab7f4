import type { DeletedWork } from '../federations/deletedWork.js';
import type { Queues } from './openQueues.js';
import { removeAggregationJobs } from './removeAggregationJobs.js';
import { removeSumJobs } from './removeSumJobs.js';

/**
 * Removes the jobs of a federation that was deleted. Those that are running find that nobody wants them any more, and
 * remove themselves.
 */
export async function removeJobs(queues: Queues, { attempts, sums }: DeletedWork): Promise<void> {
  for (const ref of attempts) await removeAggregationJobs(queues, ref);
  for (const ref of sums) await removeSumJobs(queues, ref);
}
