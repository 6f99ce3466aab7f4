import type { Job } from 'bullmq';

export type JobState =
  | { state: 'absent' }
  | { state: 'pending' }
  | { state: 'completed' }
  | { state: 'failed'; reason: string };

/** How far a job has come, for the sweep to compare with the ledger. */
export async function jobState(job: Pick<Job, 'getState' | 'failedReason'> | undefined): Promise<JobState> {
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
