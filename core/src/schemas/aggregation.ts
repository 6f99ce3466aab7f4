import { type Static, Type } from 'typebox';
import { DtypeName, rule, STRICT } from './common.js';
import { component } from './component.js';
import { Weighting } from './weighting.js';

export const TAU_DEFAULT = 0.9;
export const RANK_MAX = 65_536;

export const Method = Type.Union(
  [
    Type.Literal('florist'),
    Type.Literal('fedit'),
    Type.Literal('ffa-lora'),
    Type.Literal('flora'),
    Type.Literal('flexlora'),
  ],
  { description: 'How the adapters become one: FLoRIST, or one of the methods it is compared with.' },
);
export type Method = Static<typeof Method>;

export const RankPolicy = Type.Union(
  [
    Type.Object(
      {
        policy: Type.Literal('energy'),
        tau: Type.Number({
          exclusiveMinimum: 0,
          maximum: 1,
          description: 'Share of the energy ‖ΔW‖² that each module keeps; 0.80 to 0.99 is useful.',
        }),
      },
      STRICT,
    ),
    Type.Object(
      { policy: Type.Literal('fixed'), rank: Type.Integer({ minimum: 1, maximum: RANK_MAX }) },
      STRICT,
    ),
    Type.Object(
      {
        policy: Type.Literal('budget'),
        bytes: Type.Integer({
          minimum: 1,
          maximum: Number.MAX_SAFE_INTEGER,
          description: 'Bytes of tensor data for the whole adapter, spent where they keep the most energy.',
        }),
      },
      STRICT,
    ),
    Type.Object(
      {
        policy: Type.Literal('total'),
        totalRank: Type.Integer({
          minimum: 1,
          maximum: Number.MAX_SAFE_INTEGER,
          description: 'Sum of the ranks of all modules, spent where they keep the most energy.',
        }),
      },
      STRICT,
    ),
  ],
  { description: 'How FLoRIST chooses the rank of each module.' },
);
export type RankPolicy = Static<typeof RankPolicy>;

/** A policy over the whole adapter: every spectrum must be known before any rank is. */
export type SharedRankPolicy = Extract<RankPolicy, { policy: 'budget' | 'total' }>;

export function isShared(rank: RankPolicy): rank is SharedRankPolicy {
  return rank.policy === 'budget' || rank.policy === 'total';
}

const fields = {
  method: Method,
  rank: RankPolicy,
  dtype: Type.Union(DtypeName.anyOf, { description: 'Element type of the published adapter.' }),
  missingModules: Type.Union([Type.Literal('reject'), Type.Literal('zero')], {
    description: 'What to do with a client that lacks a module others have: refuse it, or count it as zero.',
    ...rule('once a round has closed, as it collected'),
  }),
};

/** Left out, every client counts by its number of examples. */
const weighting = Type.Optional(Weighting.ref);

export const Aggregation = component(
  'Aggregation',
  Type.Object({ ...fields, weighting }, { ...STRICT, description: 'How a round becomes an adapter.' }),
);
export type Aggregation = Static<typeof Aggregation.schema>;

export const AggregationInput = component(
  'AggregationInput',
  Type.Partial(Type.Object({ ...fields, weighting }), {
    ...STRICT,
    description: 'Fields left out keep their value, or the default: florist, energy at τ 0.9, F32, reject.',
  }),
);
export type AggregationInput = Static<typeof AggregationInput.schema>;

export const AGGREGATION_DEFAULT: Aggregation = {
  method: 'florist',
  rank: { policy: 'energy', tau: TAU_DEFAULT },
  dtype: 'F32',
  missingModules: 'reject',
};
