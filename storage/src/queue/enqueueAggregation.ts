import { groupModules, moduleCost } from '@florist/core/florist/groupModules';
import { type Attempt, presentAttempt } from '../adapters/presentAttempt.js';
import type { AdapterRef } from '../adapters/refs.js';
import type { Ledger } from '../ledger/openLedger.js';
import { type RoundModule, roundLayout } from '../rounds/roundLayout.js';
import { rootJobId } from './jobIds.js';
import { rootJobOptions } from './jobOptions.js';
import { AGGREGATE_QUEUE, PUBLISH_QUEUE } from './names.js';
import type { Queues } from './openQueues.js';
import { partJobs } from './partJobs.js';
import type { PublishJob } from './payloads.js';
import { phasesOf } from './phasesOf.js';

/** Multiply-adds of one part, about five seconds on two cores: little is lost when a worker dies. */
const PART_COST = 8e10;
/** Enough to keep a small cluster busy with a small adapter. */
const PARTS_MIN = 8;
/** Each part reads the header of every submission again. */
const PARTS_MAX = 64;

/**
 * Queues the attempt under way at an adapter as one flow: parts, then publication. However often it is called,
 * and from however many processes, there is one set of jobs. 'unwanted' when no attempt is under way.
 */
export async function enqueueAggregation(
  queues: Queues,
  ledger: Ledger,
  ref: AdapterRef,
): Promise<'added' | 'present' | 'unwanted'> {
  const attempt = await presentAttempt(ledger, ref);
  if (attempt === undefined) return 'unwanted';
  const jobId = rootJobId(attempt);
  if ((await queues.publish.getJob(jobId)) !== undefined) return 'present';
  const { modules, fanInFanOut } = await roundLayout(ledger, ref.federation, ref.round);
  const root = publishJob(attempt, group(modules), fanInFanOut);
  await queues.flows.add({
    name: 'publish',
    queueName: PUBLISH_QUEUE,
    data: root,
    opts: rootJobOptions(jobId),
    children: partJobs(root, root.phase).map((job) => ({ ...job, queueName: AGGREGATE_QUEUE })),
  });
  return 'added';
}

function publishJob(attempt: Attempt, groups: string[][], fanInFanOut: boolean): PublishJob {
  const [phase] = phasesOf(attempt.aggregation);
  return { ...attempt, groups, phase, fanInFanOut };
}

function group(modules: readonly RoundModule[]): string[][] {
  const cost = modules.reduce((sum, module) => sum + moduleCost(module), 0);
  const wanted = Math.max(PARTS_MIN, Math.ceil(cost / PART_COST));
  return groupModules(modules, { groups: Math.min(wanted, PARTS_MAX) });
}
