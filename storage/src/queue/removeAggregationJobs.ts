import type { AttemptRef } from '../adapters/refs.js';
import { partJobId, rootJobId } from './jobIds.js';
import type { Queues } from './openQueues.js';
import { phasesOf } from './phasesOf.js';

/**
 * Removes the jobs of an attempt that is over. Those that are running stay until they end: a publish job may
 * call this for its own attempt.
 */
export async function removeAggregationJobs(queues: Queues, ref: AttemptRef): Promise<void> {
  const rootId = rootJobId(ref);
  const root = await queues.publish.getJob(rootId);
  if (root === undefined) return;
  const { groups, aggregation } = root.data;
  const ids = phasesOf(aggregation).flatMap((phase) =>
    groups.map((_, index) => partJobId(ref, phase, index)),
  );
  await Promise.all(ids.map((id) => queues.aggregate.remove(id)));
  await queues.publish.remove(rootId);
}
