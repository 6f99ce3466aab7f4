import { type Static, Type } from 'typebox';
import { Time } from './common.js';
import { component } from './component.js';
import { Freed } from './retention.js';

export const EVENT_TYPES = [
  'federation.created',
  'federation.updated',
  'client.registered',
  'client.token-rotated',
  'client.removed',
  'client.progress',
  'round.opened',
  'submission.accepted',
  'submission.replaced',
  'submission.carried',
  'submission.removed',
  'submission.restored',
  'round.extended',
  'round.not-opened',
  'round.closed',
  'round.progress',
  'round.published',
  'round.failed',
  'round.cancelled',
  'round.retried',
  'adapter.requested',
  'adapter.weighed',
  'adapter.published',
  'adapter.failed',
  'adapter.promoted',
  'adapter.evaluated',
  'adapter.chosen',
  'choice.lapsed',
  'webhook.created',
  'webhook.changed',
  'webhook.deleted',
  'sum.requested',
  'sum.published',
  'sum.failed',
  'retention.applied',
  'ledger.rebuilt',
  'storage.damaged',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export const FederationEvent = component(
  'FederationEvent',
  Type.Object(
    {
      type: Type.String({ description: `One of ${EVENT_TYPES.join(', ')}.` }),
      at: Time('When it happened.'),
      round: Type.Optional(Type.Integer({ minimum: 1 })),
      client: Type.Optional(Type.String()),
      adapter: Type.Optional(Type.String()),
      done: Type.Optional(Type.Integer()),
      total: Type.Optional(Type.Integer()),
      clipped: Type.Optional(
        Type.Integer({ description: 'adapter.weighed: how many clients were clipped.' }),
      ),
      dropped: Type.Optional(
        Type.Integer({ description: 'adapter.weighed: how many clients were dropped.' }),
      ),
      detail: Type.Optional(Type.String()),
      freed: Type.Optional(Freed.ref),
    },
    { description: 'The `data` of one Server-Sent Event; its `id` resumes the stream.' },
  ),
);
export type FederationEvent = Static<typeof FederationEvent.schema>;
