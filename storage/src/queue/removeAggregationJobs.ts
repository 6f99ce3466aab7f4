import type { AttemptRef } from '../adapters/refs.js';
import type { Phase } from '../blobs/keys.js';
import { partJobId, rootJobId } from './jobIds.js';
import type { Queues } from './openQueues.js';

const PHASES: readonly Phase[] = ['aggregate', 'measure', 'project'];

/**
 * Removes the jobs of an attempt that is over. Those that are running stay until they end: a publish job may
 * call this for its own attempt.
 */
export async function removeAggregationJobs(queues: Queues, ref: AttemptRef): Promise<void> {
  const rootId = rootJobId(ref);
  const root = await queues.publish.getJob(rootId);
  if (root === undefined) return;
  const ids = PHASES.flatMap((phase) => root.data.groups.map((_, index) => partJobId(ref, phase, index)));
  await Promise.all(ids.map((id) => queues.aggregate.remove(id)));
  await queues.publish.remove(rootId);
}
