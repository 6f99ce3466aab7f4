import { type Static, Type } from 'typebox';
import { Adapter } from './adapter.js';
import { AggregationInput } from './aggregation.js';
import { Choice } from './candidates.js';
import { Cohort } from './cohort.js';
import { STRICT, Time } from './common.js';
import { component } from './component.js';
import { RoundPolicy } from './roundPolicy.js';

export const ROUND_STATES = ['collecting', 'aggregating', 'published', 'failed', 'cancelled'] as const;

export const RoundState = Type.Union(
  [
    Type.Literal('collecting'),
    Type.Literal('aggregating'),
    Type.Literal('published'),
    Type.Literal('failed'),
    Type.Literal('cancelled'),
  ],
  { description: 'collecting → aggregating → published; or failed; or cancelled.' },
);
export type RoundState = Static<typeof RoundState>;

export const Round = component(
  'Round',
  Type.Object({
    number: Type.Integer({ minimum: 1 }),
    state: RoundState,
    openedAt: Time('When it began to collect.'),
    deadlineAt: Type.Optional(
      Time('When it closes itself, if it has enough submissions; else onDeadline of its policy decides.'),
    ),
    graceUntil: Type.Optional(
      Time('Until when those who are training or uploading at the deadline may still finish.'),
    ),
    extendedAt: Type.Optional(Time('When its deadline was moved for want of submissions.')),
    policy: RoundPolicy.ref,
    cohort: Type.Optional(Cohort.ref),
    closedAt: Type.Optional(Time('When it began to aggregate.')),
    closedBy: Type.Optional(
      Type.Union([Type.Literal('operator'), Type.Literal('full'), Type.Literal('deadline')], {
        description: 'What closed it.',
      }),
    ),
    publishedAt: Type.Optional(Time('When its adapter was published.')),
    failedAt: Type.Optional(Time('When aggregation gave up, or its deadline passed in vain.')),
    cancelledAt: Type.Optional(Time('When it was cancelled.')),
    submissionsDeletedAt: Type.Optional(
      Time('When retention deleted the files of its submissions; receipts and numbers stay.'),
    ),
    waitingFor: Type.Array(Type.String(), { description: 'What must happen before the state changes.' }),
    submissionCount: Type.Integer({ minimum: 0 }),
    carriedCount: Type.Optional(
      Type.Integer({
        minimum: 1,
        description:
          'How many of the submissions were late for an earlier round; the limits of the policy do not count them.',
      }),
    ),
    progress: Type.Object(
      { done: Type.Integer({ minimum: 0 }), total: Type.Integer({ minimum: 0 }) },
      { description: 'Modules aggregated, of all; total is 0 until the round closes.' },
    ),
    adapter: Type.Optional(Adapter.ref),
    choice: Type.Optional(Choice.ref),
    error: Type.Optional(
      Type.Object(
        { code: Type.String(), detail: Type.String() },
        { description: 'Why the round failed and what to do.' },
      ),
    ),
  }),
);
export type Round = Static<typeof Round.schema>;

export const RoundRetry = component(
  'RoundRetry',
  Type.Object(
    { aggregation: Type.Optional(AggregationInput.ref) },
    { ...STRICT, description: 'What to change, where it was the cause; all else is as the round had it.' },
  ),
);
export type RoundRetry = Static<typeof RoundRetry.schema>;

export const RoundList = component(
  'RoundList',
  Type.Object({ items: Type.Array(Round.ref), nextCursor: Type.Optional(Type.String()) }),
);
