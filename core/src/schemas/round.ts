import { type Static, Type } from 'typebox';
import { Adapter } from './adapter.js';
import { Time } from './common.js';
import { component } from './component.js';

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
    deadlineAt: Type.Optional(Time('When it closes itself, if it has enough submissions.')),
    closedAt: Type.Optional(Time('When it began to aggregate.')),
    closedBy: Type.Optional(
      Type.Union([Type.Literal('operator'), Type.Literal('full'), Type.Literal('deadline')], {
        description: 'What closed it.',
      }),
    ),
    publishedAt: Type.Optional(Time('When its adapter was published.')),
    failedAt: Type.Optional(Time('When aggregation gave up.')),
    cancelledAt: Type.Optional(Time('When it was cancelled.')),
    waitingFor: Type.Array(Type.String(), { description: 'What must happen before the state changes.' }),
    submissionCount: Type.Integer({ minimum: 0 }),
    progress: Type.Object(
      { done: Type.Integer({ minimum: 0 }), total: Type.Integer({ minimum: 0 }) },
      { description: 'Modules aggregated, of all; total is 0 until the round closes.' },
    ),
    adapter: Type.Optional(Adapter.ref),
    error: Type.Optional(
      Type.Object(
        { code: Type.String(), detail: Type.String() },
        { description: 'Why the round failed and what to do.' },
      ),
    ),
  }),
);
export type Round = Static<typeof Round.schema>;

export const RoundList = component(
  'RoundList',
  Type.Object({ items: Type.Array(Round.ref), nextCursor: Type.Optional(Type.String()) }),
);
