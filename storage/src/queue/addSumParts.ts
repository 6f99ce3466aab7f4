import type { Job } from 'bullmq';
import type { PresentSum } from '../sums/presentSum.js';
import { sumPartJobId } from './jobIds.js';
import { sumPartJobOptions } from './jobOptions.js';
import type { Queues } from './openQueues.js';
import type { SumJob, SumPartJob } from './sumPayloads.js';

/**
 * Adds a job for each group of modules below the job of their sum, which then waits for them. Adding them again
 * changes nothing.
 */
export async function addSumParts(
  queues: Queues,
  job: Job<SumJob>,
  { federation, sum, attempt, sources, tau, dtype }: PresentSum,
  groups: readonly string[][],
): Promise<void> {
  const id = job.id;
  if (id === undefined) throw new Error('The job of the sum has no id.');
  const parent = { id, queue: job.queueQualifiedName };
  const ref = { federation, sum, attempt };
  await queues.aggregate.addBulk(
    groups.map((modules, index) => {
      const data: SumPartJob = { ...ref, index, modules, sources, tau, dtype };
      return { name: 'sum', data, opts: { ...sumPartJobOptions(sumPartJobId(ref, index)), parent } };
    }),
  );
}
