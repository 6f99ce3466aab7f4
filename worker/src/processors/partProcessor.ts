import type { PartJob } from '@florist/storage/queue/payloads';
import type { SumPartJob } from '@florist/storage/queue/sumPayloads';
import type { Job } from 'bullmq';

/** What a processor uses of a job of the aggregate queue. */
export type Part<T> = Pick<Job<T>, 'data' | 'opts'>;

/** The processor of the aggregate queue: parts of adapters and parts of sums. */
export function partProcessor(
  aggregate: (job: Part<PartJob>) => Promise<void>,
  sum: (job: Part<SumPartJob>) => Promise<void>,
) {
  return ({ data, opts }: Job<PartJob | SumPartJob>): Promise<void> =>
    'sum' in data ? sum({ data, opts }) : aggregate({ data, opts });
}
