import type { Queues } from '@florist/storage/queue/openQueues';
import { dispatchWebhooks } from '@florist/storage/webhooks/dispatchWebhooks';
import type { Job } from 'bullmq';
import { DRAFT_SWEEP_MS, RECONCILE_MS, RETENTION_MS, SCRUB_MS, SWEEP_MS } from '../process/queueTimes.js';
import { sweepBlobs } from './sweepBlobs.js';
import { sweepMarked, sweepRetention } from './sweepRetention.js';
import { type SweepContext, sweepRecords, sweepRounds } from './sweepRounds.js';
import { sweepSums } from './sweepSums.js';
import { sweepUploads } from './sweepUploads.js';

const ROUNDS = 'rounds';
const DRAFTS = 'drafts';
const WEBHOOKS = 'webhooks';
const RETENTION = 'retention';
const RECONCILE = 'reconcile';
const SCRUB = 'scrub';

/** The processor of the sweep queue. */
export function sweepProcessor(context: SweepContext) {
  return async ({ name }: Job): Promise<void> => {
    if (name === ROUNDS) {
      await sweepRounds(context);
      await sweepSums(context);
      await sweepUploads(context);
      await sweepMarked(context);
      return sweepRecords(context);
    }
    if (name === RETENTION) return sweepRetention(context);
    if (name === RECONCILE || name === SCRUB) return sweepBlobs(context, name === SCRUB);
    if (name === WEBHOOKS) {
      const queued = await dispatchWebhooks(context.ledger, context.queues);
      if (queued > 0) context.log.debug({ queued }, 'webhook messages queued');
      return;
    }
    const removed = await context.blobs.sweepDrafts();
    if (removed > 0) context.log.info({ removed }, 'drafts removed');
  };
}

/** Schedules the sweeps, once for all workers that share the queue. */
export async function scheduleSweeps({ sweep }: Queues): Promise<void> {
  const opts = { removeOnComplete: true, removeOnFail: true };
  await sweep.upsertJobScheduler(ROUNDS, { every: SWEEP_MS }, { name: ROUNDS, opts });
  await sweep.upsertJobScheduler(WEBHOOKS, { every: SWEEP_MS }, { name: WEBHOOKS, opts });
  await sweep.upsertJobScheduler(DRAFTS, { every: DRAFT_SWEEP_MS }, { name: DRAFTS, opts });
  await sweep.upsertJobScheduler(RETENTION, { every: RETENTION_MS }, { name: RETENTION, opts });
  await sweep.upsertJobScheduler(RECONCILE, { every: RECONCILE_MS }, { name: RECONCILE, opts });
  await sweep.upsertJobScheduler(SCRUB, { every: SCRUB_MS }, { name: SCRUB, opts });
  // now as well: whatever ended this worker may have interrupted something
  await sweep.add(RECONCILE, {}, { ...opts, jobId: `${RECONCILE}-at-start` });
}
