import type { AttemptRef } from '../adapters/refs.js';
import { rootJobId } from './jobIds.js';
import type { Queues } from './openQueues.js';

export type RootJobState =
  | { state: 'absent' }
  | { state: 'pending' }
  | { state: 'completed' }
  | { state: 'failed'; reason: string };

/** How far the flow of an attempt has come, for the sweep to compare with the ledger. */
export async function rootJobState(queues: Queues, ref: AttemptRef): Promise<RootJobState> {
  const job = await queues.publish.getJob(rootJobId(ref));
  if (job === undefined) return { state: 'absent' };
  const state = await job.getState();
  switch (state) {
    case 'unknown':
      return { state: 'absent' };
    case 'completed':
      return { state };
    case 'failed':
      return { state, reason: job.failedReason };
    default:
      return { state: 'pending' };
  }
}
