import { type Static, Type } from 'typebox';
import { Sha256, Slug, Time } from './common.js';
import { component } from './component.js';

/** Whole numbers above it are not exact in float64, in which weights are computed. */
export const NUM_EXAMPLES_MAX = Number.MAX_SAFE_INTEGER;

const Carried = Type.Object(
  {
    fromRound: Type.Integer({ minimum: 1, description: 'The round that it was meant for.' }),
    roundsLate: Type.Integer({ minimum: 1, description: 'How many rounds later it counts.' }),
    weight: Type.Number({
      exclusiveMinimum: 0,
      maximum: 1,
      description: 'Its examples count times this: stalenessWeight to the power of roundsLate.',
    }),
  },
  { description: 'There when it came too late for its round and was kept for a later one.' },
);

export const Receipt = component(
  'Receipt',
  Type.Object(
    {
      client: Slug('Who submitted.'),
      round: Type.Integer({ minimum: 1 }),
      sha256: Sha256('SHA-256 of the adapter_model.safetensors that was received.'),
      bytes: Type.Integer({ minimum: 0, description: 'Size of that file.' }),
      numExamples: Type.Integer({
        minimum: 1,
        maximum: NUM_EXAMPLES_MAX,
        description: 'Training examples; the weight in the mean.',
      }),
      modules: Type.Integer({ minimum: 1, description: 'How many weight matrices it adapts.' }),
      rank: Type.Integer({ minimum: 1, description: 'The largest rank among its modules.' }),
      acceptedAt: Time('When it became part of the round.'),
      carried: Type.Optional(Carried),
    },
    { description: 'Proof that a submission is stored and counts.' },
  ),
);
export type Receipt = Static<typeof Receipt.schema>;

export const ReceiptList = component(
  'ReceiptList',
  Type.Object({ items: Type.Array(Receipt.ref), nextCursor: Type.Optional(Type.String()) }),
);
