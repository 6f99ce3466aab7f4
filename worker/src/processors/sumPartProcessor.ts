import { Refusal } from '@florist/core/errors/refusal';
import type { SumPartJob } from '@florist/storage/queue/sumPayloads';
import { failSum } from '@florist/storage/sums/failSum';
import { presentSum } from '@florist/storage/sums/presentSum';
import { UnrecoverableError } from 'bullmq';
import type { ChildPool } from '../children/openChildPool.js';
import type { PublishContext } from '../publication/publishAttempt.js';
import { tidySum } from '../sums/tidySum.js';
import type { Part } from './partProcessor.js';

/** Has a child process make one part of a sum. What its users got wrong fails the sum at once, and for good. */
export function sumPartProcessor({ ledger, blobs }: PublishContext, pool: ChildPool) {
  return async ({ data }: Part<SumPartJob>): Promise<void> => {
    const isWanted = async () => (await presentSum(ledger, data)) !== undefined;
    try {
      if (await isWanted()) await pool.run(data);
    } catch (error) {
      if (!(error instanceof Refusal)) {
        if (await isWanted()) throw error;
      } else if (
        (await failSum(ledger, data, { code: error.code, detail: error.message }, true)) === 'failed'
      ) {
        await tidySum(ledger, blobs, data);
        throw new UnrecoverableError(error.message);
      }
    }
    // asked again, since what was written after the sum ended would otherwise stay for ever
    if (!(await isWanted())) await tidySum(ledger, blobs, data);
  };
}
