import { type Static, Type } from 'typebox';
import { Time } from './common.js';
import { component } from './component.js';

export const EVENT_TYPES = [
  'federation.created',
  'federation.updated',
  'client.registered',
  'client.token-rotated',
  'client.removed',
  'round.opened',
  'submission.accepted',
  'submission.replaced',
  'submission.removed',
  'round.closed',
  'round.progress',
  'round.published',
  'round.failed',
  'round.cancelled',
  'round.retried',
  'adapter.requested',
  'adapter.published',
  'adapter.failed',
  'adapter.promoted',
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
      detail: Type.Optional(Type.String()),
    },
    { description: 'The `data` of one Server-Sent Event; its `id` resumes the stream.' },
  ),
);
export type FederationEvent = Static<typeof FederationEvent.schema>;
