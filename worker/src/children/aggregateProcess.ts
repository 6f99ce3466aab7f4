import type { PartJob } from '@florist/storage/queue/payloads';
import { aggregatePart } from '../aggregation/aggregatePart.js';
import { measurePart } from '../aggregation/measurePart.js';
import { endWithParent } from '../process/endWithParent.js';
import { type PartReply, sendable } from './messages.js';
import { openAggregationContext } from './openAggregationContext.js';

// A child process of the worker: makes one part at a time, and keeps its kernel and its sessions in between.

endWithParent();
// a signal to the whole group is for the worker to heed, which lets its children finish
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});

const context = await openAggregationContext(process.env);

async function reply(job: PartJob): Promise<PartReply> {
  try {
    const outcome = await (job.phase === 'measure' ? measurePart(context, job) : aggregatePart(context, job));
    return { outcome };
  } catch (error) {
    return { error: sendable(error) };
  }
}

process.on('message', async (job: PartJob) => {
  process.send?.(await reply(job));
});
