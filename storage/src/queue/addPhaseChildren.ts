import type { Job } from 'bullmq';
import type { Phase } from '../blobs/keys.js';
import type { Queues } from './openQueues.js';
import { partJobs } from './partJobs.js';
import type { PublishJob } from './payloads.js';

/**
 * Adds a later phase below its publish job, which then waits for these children too: the processor calls
 * job.moveToWaitingChildren(token) and throws WaitingChildrenError when that returns true. Adding them again
 * changes nothing.
 * @param ranks phase 'project': the rank that the budget allots to each module, by name
 */
export async function addPhaseChildren(
  queues: Queues,
  job: Job<PublishJob>,
  phase: Phase,
  ranks?: Readonly<Record<string, number>>,
): Promise<void> {
  const id = job.id;
  if (id === undefined) throw new Error('The publish job has no id.');
  const parent = { id, queue: job.queueQualifiedName };
  const jobs = partJobs(job.data, phase, ranks);
  await queues.aggregate.addBulk(
    jobs.map(({ name, data, opts }) => ({ name, data, opts: { ...opts, parent } })),
  );
}
