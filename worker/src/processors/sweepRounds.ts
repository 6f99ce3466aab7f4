import { Refusal } from '@florist/core/errors/refusal';
import { jobStillWanted } from '@florist/storage/adapters/jobStillWanted';
import { type AttemptRef, FIRST_ADAPTER } from '@florist/storage/adapters/refs';
import { settleChoice } from '@florist/storage/choices/settleChoice';
import { enqueueAggregation } from '@florist/storage/queue/enqueueAggregation';
import type { Queues } from '@florist/storage/queue/openQueues';
import { rootJobState } from '@florist/storage/queue/rootJobState';
import { saveRecords } from '@florist/storage/records/saveRecords';
import { unrecordedFederations } from '@florist/storage/records/unrecorded';
import { closeRound } from '@florist/storage/rounds/closeRound';
import { listPending } from '@florist/storage/rounds/listPending';
import { openDueRound } from '@florist/storage/rounds/openDueRound';
import type { Logger } from 'pino';
import type { PublishContext } from '../publication/publishAttempt.js';
import { failAfterFaults } from './failAfterFaults.js';

export interface SweepContext extends PublishContext {
  queues: Queues;
  log: Logger;
}

/**
 * Does what time alone or a process that ended left undone: does what a deadline demands of its round, opens rounds
 * that open by themselves, makes choices of τ that are due, queues adapters that have no job, and fails those whose
 * job has given up.
 */
export async function sweepRounds(context: SweepContext): Promise<void> {
  const { closable, choosable, openings, aggregating } = await listPending(context.ledger);
  for (const round of closable) await sweepEach(context, round, () => actAtDeadline(context, round));
  for (const round of choosable) await sweepEach(context, round, () => choose(context, round));
  for (const federation of openings)
    await sweepEach(context, { federation }, () => openNext(context, federation));
  for (const ref of aggregating) await sweepEach(context, ref, () => pickUp(context, ref));
}

/** Writes down what has changed since somebody did. */
export async function sweepRecords(context: SweepContext): Promise<void> {
  const { ledger, blobs } = context;
  for (const federation of await unrecordedFederations(ledger)) {
    await sweepEach(context, { federation }, () => saveRecords(ledger, blobs, federation));
  }
}

/** One federation's trouble must not keep the sweep from the others. */
export async function sweepEach(
  { log }: SweepContext,
  of: object,
  sweep: () => Promise<void>,
): Promise<void> {
  try {
    await sweep();
  } catch (error) {
    // refused: an operator or another worker was faster
    if (!(error instanceof Refusal)) log.error({ ...of, err: error }, 'sweep failed');
  }
}

async function actAtDeadline(
  { ledger, queues, log }: SweepContext,
  { federation, round }: { federation: string; round: number },
): Promise<void> {
  const { state, deadlineAt } = await closeRound(ledger, federation, round, 'deadline');
  log.info({ federation, round, state, deadlineAt }, 'round settled at its deadline');
  if (state !== 'aggregating') return;
  await enqueueAggregation(queues, ledger, { federation, round, adapter: FIRST_ADAPTER });
}

async function openNext({ ledger, log }: SweepContext, federation: string): Promise<void> {
  const round = await openDueRound(ledger, federation);
  if (round === undefined)
    log.info({ federation }, 'no round opened: another was faster, or an event says why');
  else log.info({ federation, round: round.number }, 'round opened');
}

async function choose(
  { ledger, log }: SweepContext,
  { federation, round }: { federation: string; round: number },
): Promise<void> {
  const outcome = await settleChoice(ledger, federation, round);
  if (outcome === 'settled') log.info({ federation, round }, 'choice of τ made');
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
