import type { AdapterRef } from '@florist/storage/adapters/refs';
import { enqueueAggregation } from '@florist/storage/queue/enqueueAggregation';
import type { FastifyBaseLogger } from 'fastify';
import type { Services } from '../../../services.js';

/**
 * Queues the work for an adapter that the ledger already wants made. A failure here is no failure of the
 * request: the ledger holds the truth, and the workers' sweep queues whatever lies there unqueued.
 */
export async function startAggregation(
  { queues, ledger }: Pick<Services, 'queues' | 'ledger'>,
  ref: AdapterRef,
  log: FastifyBaseLogger,
): Promise<void> {
  try {
    const outcome = await enqueueAggregation(queues, ledger, ref);
    log.info({ ...ref, outcome }, 'aggregation queued');
  } catch (error) {
    log.warn({ ...ref, err: error }, 'aggregation not queued; the sweep will do it');
  }
}
