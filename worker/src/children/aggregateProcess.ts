import type { PartJob } from '@florist/storage/queue/payloads';
import type { SumPartJob } from '@florist/storage/queue/sumPayloads';
import { aggregatePart } from '../aggregation/aggregatePart.js';
import type { AggregationContext } from '../aggregation/aggregationContext.js';
import { measurePart } from '../aggregation/measurePart.js';
import type { PartOutcome } from '../aggregation/partOutcome.js';
import { weighPart } from '../aggregation/weighPart.js';
import { endWithParent } from '../process/endWithParent.js';
import { subjectOf } from '../process/subjectOf.js';
import { sumPart } from '../sums/sumPart.js';
import { type PartReply, type PartRequest, type PartResult, sendable } from './messages.js';
import { openAggregationContext } from './openAggregationContext.js';
import { warmUp } from './warmUp.js';

// A child process of the worker: makes parts, and keeps its kernel and its sessions in between.

endWithParent();
// a signal to the whole group is for the worker to heed, which lets its children finish
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});

const shared = await openAggregationContext(process.env);

async function answer(job: PartJob | SumPartJob): Promise<PartResult> {
  try {
    return { outcome: await make(job, { ...shared, log: shared.log.child(subjectOf(job)) }) };
  } catch (error) {
    return { error: sendable(error) };
  }
}

async function make(job: PartJob | SumPartJob, context: AggregationContext): Promise<PartOutcome> {
  if ('sum' in job) return sumPart(context, job);
  switch (job.phase) {
    case 'weigh':
      return weighPart(context, job);
    case 'measure':
      return measurePart(context, job);
    case 'aggregate':
    case 'project':
      return aggregatePart(context, job);
  }
}

process.on('message', async ({ id, job }: PartRequest) => {
  const reply: PartReply = { id, ...(await answer(job)) };
  process.send?.(reply);
});

// after it listens, so that a job that has come already does not wait for all of it
await warmUp(shared.kernel).catch((error: unknown) => {
  shared.log.warn({ err: error }, 'could not warm up');
});
