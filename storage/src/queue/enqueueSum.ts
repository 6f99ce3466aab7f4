import type { SumRef } from '../sums/refs.js';
import { sumJobId } from './jobIds.js';
import { sumJobOptions } from './jobOptions.js';
import type { Queues } from './openQueues.js';

/** Queues a sum that the ledger wants made. However often it is called, there is one job. */
export async function enqueueSum(queues: Queues, { federation, sum, attempt }: SumRef): Promise<void> {
  const ref = { federation, sum, attempt };
  await queues.sum.add('sum', ref, sumJobOptions(sumJobId(ref)));
}
