import { type Static, Type } from 'typebox';
import { Sha256, Slug, Time } from './common.js';
import { component } from './component.js';

export const Receipt = component(
  'Receipt',
  Type.Object(
    {
      client: Slug('Who submitted.'),
      round: Type.Integer({ minimum: 1 }),
      sha256: Sha256('SHA-256 of the adapter_model.safetensors that was received.'),
      bytes: Type.Integer({ minimum: 0, description: 'Size of that file.' }),
      numExamples: Type.Integer({ minimum: 1, description: 'Training examples; the weight in the mean.' }),
      modules: Type.Integer({ minimum: 1, description: 'How many weight matrices it adapts.' }),
      rank: Type.Integer({ minimum: 1, description: 'The largest rank among its modules.' }),
      acceptedAt: Time('When it became part of the round.'),
    },
    { description: 'Proof that a submission is stored and counts.' },
  ),
);
export type Receipt = Static<typeof Receipt.schema>;

export const ReceiptList = component(
  'ReceiptList',
  Type.Object({ items: Type.Array(Receipt.ref), nextCursor: Type.Optional(Type.String()) }),
);
