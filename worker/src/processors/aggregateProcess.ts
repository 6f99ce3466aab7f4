import { jobStillWanted } from '@florist/storage/adapters/jobStillWanted';
import type { PartJob } from '@florist/storage/queue/payloads';
import type { SandboxedJob } from 'bullmq';
import { aggregatePart } from '../aggregation/aggregatePart.js';
import { measurePart } from '../aggregation/measurePart.js';
import type { PartOutcome } from '../aggregation/partOutcome.js';
import { tidyAttempt } from '../publication/tidyAttempt.js';
import { giveUp } from './giveUp.js';
import { openAggregationContext } from './openAggregationContext.js';

// The module that BullMQ loads in each child process of the aggregate queue.

// a child whose worker was killed has nobody to report to, and its job goes to another
process.on('disconnect', () => process.exit(0));

const context = await openAggregationContext(process.env);

/** Runs one job of the aggregate queue. */
export default async function aggregateProcess(
  { data }: SandboxedJob<PartJob>,
  _token: string | undefined,
  signal: AbortSignal,
): Promise<PartOutcome> {
  const { ledger, blobs, log } = context;
  try {
    const makePart = data.phase === 'measure' ? measurePart : aggregatePart;
    const outcome = (await jobStillWanted(ledger, data)) ? await makePart(context, data, signal) : 'unwanted';
    // asked again, since what was written after the round ended would otherwise stay for ever
    if (!(await jobStillWanted(ledger, data))) await tidyAttempt(ledger, blobs, data);
    return outcome;
  } catch (error) {
    log.error({ err: error, part: data.index, phase: data.phase }, 'part failed');
    throw await giveUp(context, data, error);
  }
}
