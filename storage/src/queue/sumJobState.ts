import type { SumRef } from '../sums/refs.js';
import { sumJobId } from './jobIds.js';
import { type JobState, jobState } from './jobState.js';
import type { Queues } from './openQueues.js';

/** How far the job of a sum has come. */
export async function sumJobState(queues: Queues, ref: SumRef): Promise<JobState> {
  return jobState(await queues.sum.getJob(sumJobId(ref)));
}
