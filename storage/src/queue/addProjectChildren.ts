import type { Job } from 'bullmq';
import type { Queues } from './openQueues.js';
import { partJobs } from './partJobs.js';
import type { PublishJob } from './payloads.js';

/**
 * Adds the second phase of a byte budget below its publish job, which then waits for these children too: the
 * processor calls job.moveToWaitingChildren(token) and throws WaitingChildrenError when that returns true.
 * Adding them again changes nothing.
 * @param ranks the rank that the budget allots to each module, by name
 */
export async function addProjectChildren(
  queues: Queues,
  job: Job<PublishJob>,
  ranks: Readonly<Record<string, number>>,
): Promise<void> {
  const id = job.id;
  if (id === undefined) throw new Error('The publish job has no id.');
  const parent = { id, queue: job.queueQualifiedName };
  const jobs = partJobs(job.data, 'project', ranks);
  await queues.aggregate.addBulk(
    jobs.map(({ name, data, opts }) => ({ name, data, opts: { ...opts, parent } })),
  );
}
