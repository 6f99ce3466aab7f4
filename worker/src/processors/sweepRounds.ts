import { Refusal } from '@florist/core/errors/refusal';
import { jobStillWanted } from '@florist/storage/adapters/jobStillWanted';
import type { AttemptRef } from '@florist/storage/adapters/refs';
import { enqueueAggregation } from '@florist/storage/queue/enqueueAggregation';
import type { Queues } from '@florist/storage/queue/openQueues';
import { rootJobState } from '@florist/storage/queue/rootJobState';
import { closeRound } from '@florist/storage/rounds/closeRound';
import { listPending } from '@florist/storage/rounds/listPending';
import type { Logger } from 'pino';
import type { PublishContext } from '../publication/publishAttempt.js';
import { failAfterFaults } from './failAfterFaults.js';

export interface SweepContext extends PublishContext {
  queues: Queues;
  log: Logger;
}

/** The id of the adapter that closing a round asks for. */
const FIRST_ADAPTER = 'a1';

/**
 * Does what time alone or a process that ended left undone: closes rounds at their deadline, queues adapters that
 * have no job, and fails those whose job has given up.
 */
export async function sweepRounds(context: SweepContext): Promise<void> {
  const { closable, aggregating } = await listPending(context.ledger);
  for (const round of closable) await each(context, round, () => closeAtDeadline(context, round));
  for (const ref of aggregating) await each(context, ref, () => pickUp(context, ref));
}

/** One federation's trouble must not keep the sweep from the others. */
async function each({ log }: SweepContext, of: object, sweep: () => Promise<void>): Promise<void> {
  try {
    await sweep();
  } catch (error) {
    // refused: an operator or another worker was faster
    if (!(error instanceof Refusal)) log.error({ ...of, err: error }, 'sweep failed');
  }
}

async function closeAtDeadline(
  { ledger, queues, log }: SweepContext,
  { federation, round }: { federation: string; round: number },
): Promise<void> {
  await closeRound(ledger, federation, round, 'deadline');
  await enqueueAggregation(queues, ledger, { federation, round, adapter: FIRST_ADAPTER });
  log.info({ federation, round }, 'round closed at its deadline');
}

async function pickUp(context: SweepContext, ref: AttemptRef): Promise<void> {
  const { ledger, queues, log } = context;
  const root = await rootJobState(queues, ref);
  switch (root.state) {
    case 'pending':
      return;
    case 'absent':
      if ((await enqueueAggregation(queues, ledger, ref)) === 'added') log.info(ref, 'adapter queued');
      return;
    case 'failed':
      log.error({ ...ref, reason: root.reason }, 'aggregation gave up');
      await failAfterFaults(context, ref);
      return;
    case 'completed':
      // it may have been published since the list was made
      if (!(await jobStillWanted(ledger, ref))) return;
      log.error(ref, 'aggregation ended without an adapter');
      await failAfterFaults(context, ref);
  }
}
