import type { SumRef } from '../sums/refs.js';
import { sumJobId, sumPartJobId } from './jobIds.js';
import type { Queues } from './openQueues.js';
import { SUM_PARTS_MAX } from './sumPayloads.js';

/**
 * Removes the jobs of a sum that is over. Those that are running stay until they end: the job of a sum may call
 * this for itself.
 */
export async function removeSumJobs(queues: Queues, ref: SumRef): Promise<void> {
  const parts = Array.from({ length: SUM_PARTS_MAX }, (_, index) => sumPartJobId(ref, index));
  await Promise.all(parts.map((id) => queues.aggregate.remove(id)));
  await queues.sum.remove(sumJobId(ref));
}
