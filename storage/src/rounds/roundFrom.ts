import { type Round, RoundState } from '@florist/core/schemas/round';
import { adapterFrom } from '../adapters/adapterFrom.js';
import { choiceFrom } from '../choices/choiceFrom.js';
import { type Fields, fieldsFrom, listFrom, literal, need, roundPolicyFrom } from '../ledger/fields.js';
import type { Reply } from '../ledger/runScript.js';
import { waitingFor } from './waitingFor.js';

const CLOSERS = ['operator', 'full', 'deadline'] as const;

/** The round that the prelude's round_row stands for. */
export function roundFrom(row: Reply | undefined): Round {
  const [number, flat, count, shown, first, participation] = listFrom(row);
  const fields = fieldsFrom(flat);
  const state = literal(RoundState, need(fields, 'state'));
  const submissionCount = Number(count);
  // the first adapter's: those that are derived later have their own
  const progress = listFrom(first).length === 0 ? { done: 0, total: 0 } : adapterFrom(first).progress;
  const policy = roundPolicyFrom(fields);
  const [now, invited, carried, busy, ready, gone] = listFrom(participation);
  const heard = { busy: Number(busy), ready: Number(ready), gone: Number(gone) };
  const carriedCount = Number(carried);
  const limits = deadlineFrom(fields);
  const round: Round = {
    number: Number(number),
    state,
    openedAt: need(fields, 'openedAt'),
    ...times(fields),
    waitingFor: waitingFor(
      {
        ...{ state, submissions: submissionCount - carriedCount, policy, modules: progress, heard },
        ...limits,
        ...(fields.seed !== undefined && { sampled: Number(invited) }),
      },
      new Date(Number(now)),
    ),
    submissionCount,
    progress,
    policy,
    ...limits,
  };
  if (carriedCount > 0) round.carriedCount = carriedCount;
  if (typeof invited === 'number') {
    round.cohort = { ...(fields.seed !== undefined && { seed: Number(fields.seed) }), invited };
  }
  if (listFrom(shown).length > 0) round.adapter = adapterFrom(shown);
  const choice = choiceFrom(fields);
  if (choice !== undefined) round.choice = choice;
  if (fields.errorCode !== undefined) {
    round.error = { code: fields.errorCode, detail: need(fields, 'errorDetail') };
  }
  return round;
}

function deadlineFrom({ deadlineMs, graceSeconds, extendedAt }: Fields) {
  if (deadlineMs === undefined) return {};
  const at = (ms: number) => new Date(ms).toISOString();
  const graceMs = 1000 * Number(graceSeconds ?? 0);
  return {
    deadlineAt: at(Number(deadlineMs)),
    ...(graceMs > 0 && { graceUntil: at(Number(deadlineMs) + graceMs) }),
    ...(extendedAt !== undefined && { extendedAt }),
  };
}

function times(fields: Fields): Partial<Round> {
  const { closedAt, publishedAt, failedAt, cancelledAt, submissionsDeletedAt } = fields;
  const closedBy = CLOSERS.find((closer) => closer === fields.closedBy);
  return {
    ...(closedAt && { closedAt }),
    ...(closedBy && { closedBy }),
    ...(publishedAt && { publishedAt }),
    ...(failedAt && { failedAt }),
    ...(cancelledAt && { cancelledAt }),
    ...(submissionsDeletedAt && { submissionsDeletedAt }),
  };
}
