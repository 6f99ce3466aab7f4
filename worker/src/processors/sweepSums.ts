import { enqueueSum } from '@florist/storage/queue/enqueueSum';
import { sumJobState } from '@florist/storage/queue/sumJobState';
import { listSumming } from '@florist/storage/sums/listSumming';
import { presentSum } from '@florist/storage/sums/presentSum';
import type { SumRef } from '@florist/storage/sums/refs';
import { failSumAfterFaults } from './failSumAfterFaults.js';
import { type SweepContext, sweepEach } from './sweepRounds.js';

/** Queues sums that have no job, and fails those whose job has given up. */
export async function sweepSums(context: SweepContext): Promise<void> {
  for (const ref of await listSumming(context.ledger))
    await sweepEach(context, ref, () => pickUp(context, ref));
}

async function pickUp(context: SweepContext, ref: SumRef): Promise<void> {
  const { ledger, queues, log } = context;
  const job = await sumJobState(queues, ref);
  switch (job.state) {
    case 'pending':
      return;
    case 'absent':
      // it may have been published since the list was made
      if ((await presentSum(ledger, ref)) === undefined) return;
      await enqueueSum(queues, ref);
      log.info(ref, 'sum queued');
      return;
    case 'failed':
      log.error({ ...ref, reason: job.reason }, 'making a sum gave up');
      await failSumAfterFaults(context, ref);
      return;
    case 'completed':
      // removed on completion, so seen only in between
      return;
  }
}
