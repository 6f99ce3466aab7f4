import type { Queues } from '@florist/storage/queue/openQueues';
import type { Job } from 'bullmq';
import { DRAFT_SWEEP_MS, SWEEP_MS } from '../process/queueTimes.js';
import { type SweepContext, sweepRounds } from './sweepRounds.js';

const ROUNDS = 'rounds';
const DRAFTS = 'drafts';

/** The processor of the sweep queue. */
export function sweepProcessor(context: SweepContext) {
  return async ({ name }: Job): Promise<void> => {
    if (name === ROUNDS) return sweepRounds(context);
    const removed = await context.blobs.sweepDrafts();
    if (removed > 0) context.log.info({ removed }, 'drafts removed');
  };
}

/** Schedules the sweeps, once for all workers that share the queue. */
export async function scheduleSweeps({ sweep }: Queues): Promise<void> {
  const opts = { removeOnComplete: true, removeOnFail: true };
  await sweep.upsertJobScheduler(ROUNDS, { every: SWEEP_MS }, { name: ROUNDS, opts });
  await sweep.upsertJobScheduler(DRAFTS, { every: DRAFT_SWEEP_MS }, { name: DRAFTS, opts });
}
