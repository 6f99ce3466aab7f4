import type { AttemptRef } from '../adapters/refs.js';
import { rootJobId } from './jobIds.js';
import { type JobState, jobState } from './jobState.js';
import type { Queues } from './openQueues.js';

/** How far the flow of an attempt has come. */
export async function rootJobState(queues: Queues, ref: AttemptRef): Promise<JobState> {
  return jobState(await queues.publish.getJob(rootJobId(ref)));
}
