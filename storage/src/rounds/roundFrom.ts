import { type Round, RoundState } from '@florist/core/schemas/round';
import { adapterFrom } from '../adapters/adapterFrom.js';
import { type Fields, fieldsFrom, listFrom, literal, need, roundPolicyFrom } from '../ledger/fields.js';
import type { Reply } from '../ledger/runScript.js';
import { waitingFor } from './waitingFor.js';

const CLOSERS = ['operator', 'full', 'deadline'] as const;

/** The round that the prelude's round_row stands for. */
export function roundFrom(row: Reply | undefined, now: Date): Round {
  const [number, flat, count, shown, first] = listFrom(row);
  const fields = fieldsFrom(flat);
  const state = literal(RoundState, need(fields, 'state'));
  const submissionCount = Number(count);
  const deadlineAt =
    fields.deadlineMs === undefined ? undefined : new Date(Number(fields.deadlineMs)).toISOString();
  // the first adapter's: those that are derived later have their own
  const progress = listFrom(first).length === 0 ? { done: 0, total: 0 } : adapterFrom(first).progress;
  const policy = roundPolicyFrom(fields);
  const round: Round = {
    number: Number(number),
    state,
    openedAt: need(fields, 'openedAt'),
    ...times(fields),
    waitingFor: waitingFor(
      { state, submissions: submissionCount, policy, deadlineAt, modules: progress },
      now,
    ),
    submissionCount,
    progress,
  };
  if (deadlineAt !== undefined) round.deadlineAt = deadlineAt;
  if (listFrom(shown).length > 0) round.adapter = adapterFrom(shown);
  if (fields.errorCode !== undefined) {
    round.error = { code: fields.errorCode, detail: need(fields, 'errorDetail') };
  }
  return round;
}

function times(fields: Fields): Partial<Round> {
  const { closedAt, publishedAt, failedAt, cancelledAt } = fields;
  const closedBy = CLOSERS.find((closer) => closer === fields.closedBy);
  return {
    ...(closedAt && { closedAt }),
    ...(closedBy && { closedBy }),
    ...(publishedAt && { publishedAt }),
    ...(failedAt && { failedAt }),
    ...(cancelledAt && { cancelledAt }),
  };
}
