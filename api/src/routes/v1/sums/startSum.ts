import { enqueueSum } from '@florist/storage/queue/enqueueSum';
import type { SumRef } from '@florist/storage/sums/refs';
import type { FastifyBaseLogger } from 'fastify';
import type { Services } from '../../../services.js';

/**
 * Queues a sum that the ledger already wants made. A failure here is no failure of the request: the workers' sweep
 * queues whatever lies there unqueued.
 */
export async function startSum(
  { queues }: Pick<Services, 'queues'>,
  ref: SumRef,
  log: FastifyBaseLogger,
): Promise<void> {
  try {
    await enqueueSum(queues, ref);
  } catch (error) {
    log.warn({ ...ref, err: error }, 'sum not queued; the sweep will do it');
  }
}
