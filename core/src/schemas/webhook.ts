import { type Static, Type } from 'typebox';
import { rule, STRICT, Time } from './common.js';
import { component } from './component.js';
import { EVENT_TYPES, type EventType } from './event.js';

export const WEBHOOK_ID_PATTERN = '^wh-[0-9a-f]{16}$';

/** Longer than any address that a person configures. */
const URL_LENGTH_MAX = 2_048;

const WebhookEventType = Type.Unsafe<EventType>({ type: 'string', enum: [...EVENT_TYPES] });

const url = Type.String({
  minLength: 1,
  maxLength: URL_LENGTH_MAX,
  description:
    'Where events are sent: an https:// address that is reachable from the worker and not private.',
  ...rule('an absolute https:// address without user, password and fragment, whose host is not private'),
});
const types = Type.Array(WebhookEventType, {
  minItems: 1,
  maxItems: EVENT_TYPES.length,
  uniqueItems: true,
  description: 'The types of events to send.',
});
const enabled = Type.Boolean({
  description: 'Whether events are sent; those that happen meanwhile are not.',
});

export const WebhookCreate = component(
  'WebhookCreate',
  Type.Object({ url, types }, { ...STRICT, description: 'Begins with what happens from now on.' }),
);
export type WebhookCreate = Static<typeof WebhookCreate.schema>;

export const WebhookPatch = component(
  'WebhookPatch',
  Type.Partial(Type.Object({ url, types, enabled }), {
    ...STRICT,
    description: 'Fields left out keep their value.',
  }),
);
export type WebhookPatch = Static<typeof WebhookPatch.schema>;

const fields = {
  id: Type.String({ pattern: WEBHOOK_ID_PATTERN }),
  url,
  types,
  enabled,
  createdAt: Time('When it was made.'),
};

export const Webhook = component(
  'Webhook',
  Type.Object(fields, { description: 'Where a federation’s events are sent, without its secret.' }),
);
export type Webhook = Static<typeof Webhook.schema>;

export const WebhookWithSecret = component(
  'WebhookWithSecret',
  Type.Object(
    { ...fields, secret: Type.String({ description: 'Signs every message; shown only in this answer.' }) },
    { description: 'A new webhook and the secret to verify its messages with.' },
  ),
);
export type WebhookWithSecret = Static<typeof WebhookWithSecret.schema>;

export const WebhookList = component('WebhookList', Type.Object({ items: Type.Array(Webhook.ref) }));

export const WebhookDelivery = component(
  'WebhookDelivery',
  Type.Object(
    {
      message: Type.String({ description: 'The header webhook-id: the same in every attempt.' }),
      type: Type.String({ description: 'Type of the event, or webhook.test.' }),
      at: Time('When the attempt began.'),
      attempt: Type.Integer({ minimum: 1 }),
      delivered: Type.Boolean({ description: 'It was answered with a 2xx.' }),
      final: Type.Boolean({ description: 'No other attempt follows.' }),
      status: Type.Optional(Type.Integer({ description: 'The HTTP status, where there was an answer.' })),
      error: Type.Optional(Type.String({ description: 'Why there was no answer.' })),
      milliseconds: Type.Integer({ minimum: 0 }),
    },
    { description: 'One attempt to deliver a message.' },
  ),
);
export type WebhookDelivery = Static<typeof WebhookDelivery.schema>;

export const WebhookDeliveryList = component(
  'WebhookDeliveryList',
  Type.Object({ items: Type.Array(WebhookDelivery.ref) }),
);

export const WebhookTest = component(
  'WebhookTest',
  Type.Object({ message: Type.String({ description: 'The message on its way, as in the deliveries.' }) }),
);
