import { type Static, Type } from 'typebox';
import { Time } from './common.js';
import { component } from './component.js';

/** The action of whoever came without a valid token. */
export const SIGN_IN = 'signIn';

/** The id of the tokens that settings name. */
export const SETTINGS_TOKEN = 'settings';

const Who = Type.Object(
  {
    role: Type.Union([
      Type.Literal('operator'),
      Type.Literal('viewer'),
      Type.Literal('client'),
      Type.Literal('unknown'),
    ]),
    token: Type.Optional(
      Type.String({
        description: 'Id of the token, or `settings`; of an unknown caller, the one that was claimed.',
      }),
    ),
    name: Type.Optional(Type.String({ description: 'Name of the token at that time.' })),
    federation: Type.Optional(Type.String({ description: 'The federation of the client.' })),
    client: Type.Optional(Type.String({ description: 'The client, or the one that was claimed.' })),
  },
  { description: 'Who asked; `unknown` where no valid token came along.' },
);
export type Who = Static<typeof Who>;

export const Outcome = Type.Union(
  [Type.Literal('done'), Type.Literal('refused'), Type.Literal('failed'), Type.Literal('unknown')],
  {
    description:
      'done: answered with 2xx. refused: with 4xx, nothing changed. failed: with 5xx, so it may have happened in ' +
      'part. unknown: the process ended before it answered.',
  },
);
export type Outcome = Static<typeof Outcome>;

const target = (description: string) => Type.Optional(Type.String({ description }));

/** What is known of a request before it is handled. */
const request = {
  who: Who,
  action: Type.String({
    description: 'Id of the operation in this document, or `signIn`.',
    examples: ['closeRound'],
  }),
  method: Type.String(),
  route: Type.String({ description: 'The path as this document has it.' }),
  federation: target('The federation that it concerned.'),
  round: target('The round, as it was named.'),
  client: target('The client that it concerned.'),
  adapter: target('The adapter.'),
  webhook: target('The webhook.'),
  token: target('The token that it concerned.'),
  address: Type.String({ description: 'Where the request came from.' }),
  userAgent: Type.Optional(Type.String()),
  requestId: Type.String({ description: 'As in the logs, and in the answer.' }),
};

const AuditRequest = Type.Object(request);
/** An entry before its outcome is known. */
export type AuditRequest = Static<typeof AuditRequest>;

export const AuditEntry = component(
  'AuditEntry',
  Type.Object(
    {
      id: Type.String({ description: 'Entries are in the order of their ids.' }),
      at: Time('When it was entered, by the clock of Redis.'),
      ...request,
      outcome: Outcome,
      status: Type.Optional(Type.Integer({ description: 'The HTTP status of the answer.' })),
      code: Type.Optional(Type.String({ description: 'The code of the problem.' })),
      count: Type.Optional(
        Type.Integer({ description: 'How many such attempts there were within the minute, so far.' }),
      ),
    },
    { description: 'A change, or an attempt that was turned away at the door.' },
  ),
);
export type AuditEntry = Static<typeof AuditEntry.schema>;

export const AuditList = component(
  'AuditList',
  Type.Object({ items: Type.Array(AuditEntry.ref), nextCursor: Type.Optional(Type.String()) }),
);
