import { type Static, Type } from 'typebox';
import { Slug, STRICT, Time } from './common.js';
import { component } from './component.js';

/** How often a client should report, in seconds: often enough to be missed soon, seldom enough to cost nothing. */
export const HEARTBEAT_SECONDS = 30;

/** A client that was not heard from for this long is gone: two of its reports may be late. */
export const GONE_AFTER_SECONDS = 3 * HEARTBEAT_SECONDS;

/** Steps that a client can count; more than any training takes. */
const STEP_MAX = 1_000_000_000;

const ReportedState = Type.Union(
  [Type.Literal('ready'), Type.Literal('training'), Type.Literal('uploading')],
  { description: 'About to begin, training, or sending its adapter.' },
);
export type ReportedState = Static<typeof ReportedState>;

export const ParticipantState = Type.Union(
  [
    Type.Literal('silent'),
    Type.Literal('ready'),
    Type.Literal('training'),
    Type.Literal('uploading'),
    Type.Literal('gone'),
  ],
  {
    description:
      `Not heard from; what it reported last; or gone: neither heard from for ${GONE_AFTER_SECONDS} seconds ` +
      'nor submitted.',
  },
);
export type ParticipantState = Static<typeof ParticipantState>;

const step = Type.Integer({ minimum: 0, maximum: STEP_MAX, description: 'Training steps done.' });
const total = Type.Integer({ minimum: 0, maximum: STEP_MAX, description: 'Training steps there are.' });

export const Heartbeat = component(
  'Heartbeat',
  Type.Object(
    { state: ReportedState, step: Type.Optional(step), total: Type.Optional(total) },
    { ...STRICT, description: `What a client reports of itself, best every ${HEARTBEAT_SECONDS} seconds.` },
  ),
);
export type Heartbeat = Static<typeof Heartbeat.schema>;

export const Participant = component(
  'Participant',
  Type.Object(
    {
      client: Slug('The client.'),
      invited: Type.Boolean({ description: 'Whether it belongs to the cohort of the round.' }),
      state: ParticipantState,
      step: Type.Optional(step),
      total: Type.Optional(total),
      uploadedBytes: Type.Optional(
        Type.Integer({
          minimum: 0,
          description:
            'Bytes of its adapter that have come, told about once a second; only while an upload is under way.',
        }),
      ),
      uploadBytes: Type.Optional(
        Type.Integer({
          minimum: 0,
          description: 'Bytes of the whole upload, adapter and all, where the client announced its length.',
        }),
      ),
      lastSeenAt: Type.Optional(Time('When it was heard from last, by a report or an upload.')),
      submitted: Type.Boolean({ description: 'Whether a submission of it counts in the round.' }),
      carried: Type.Boolean({ description: 'Whether that submission was late for an earlier round.' }),
    },
    { description: 'How far one client of a round is.' },
  ),
);
export type Participant = Static<typeof Participant.schema>;

export const ParticipantList = component(
  'ParticipantList',
  Type.Object({ items: Type.Array(Participant.ref), nextCursor: Type.Optional(Type.String()) }),
);
