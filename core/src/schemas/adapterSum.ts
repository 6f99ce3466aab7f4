import { type Static, Type } from 'typebox';
import { DtypeName, Time } from './common.js';
import { component } from './component.js';

/** Sums keep all that float64 can tell from zero, unless less is asked for. */
export const SUM_TAU_DEFAULT = 1;

export const SumPending = component(
  'SumPending',
  Type.Object(
    {
      state: Type.Literal('making'),
      since: Type.Integer({ minimum: 0, description: 'As asked for.' }),
      through: Type.Integer({ minimum: 1, description: 'The last round in the sum.' }),
      rounds: Type.Integer({ minimum: 1, description: 'How many published rounds it is the sum of.' }),
      tau: Type.Number(),
      dtype: DtypeName,
      requestedAt: Time('When it was asked for first.'),
    },
    { description: 'A sum of rounds that is being made; ask again after `Retry-After`.' },
  ),
);
export type SumPending = Static<typeof SumPending.schema>;
