import { type Static, Type } from 'typebox';
import { Aggregation, AggregationInput } from './aggregation.js';
import { Slug, STRICT, Time } from './common.js';
import { component } from './component.js';
import { RoundState } from './round.js';

export const SUBMISSIONS_MAX = 100_000;
export const DEADLINE_SECONDS_MAX = 31_536_000;

const roundPolicyFields = {
  minSubmissions: Type.Integer({
    minimum: 1,
    maximum: SUBMISSIONS_MAX,
    description: 'Fewer never aggregate.',
  }),
  maxSubmissions: Type.Integer({
    minimum: 1,
    maximum: SUBMISSIONS_MAX,
    description: 'The round closes itself when it has this many.',
  }),
  deadlineSeconds: Type.Integer({
    minimum: 1,
    maximum: DEADLINE_SECONDS_MAX,
    description: 'The round closes itself this long after it opened, once it has the minimum.',
  }),
};

export const RoundPolicy = component(
  'RoundPolicy',
  Type.Object(
    {
      minSubmissions: roundPolicyFields.minSubmissions,
      maxSubmissions: Type.Optional(roundPolicyFields.maxSubmissions),
      deadlineSeconds: Type.Optional(roundPolicyFields.deadlineSeconds),
    },
    { ...STRICT, description: 'When a round closes.' },
  ),
);
export type RoundPolicy = Static<typeof RoundPolicy.schema>;

export const RoundPolicyInput = component(
  'RoundPolicyInput',
  Type.Partial(
    Type.Object({
      minSubmissions: roundPolicyFields.minSubmissions,
      maxSubmissions: Type.Union([roundPolicyFields.maxSubmissions, Type.Null()]),
      deadlineSeconds: Type.Union([roundPolicyFields.deadlineSeconds, Type.Null()]),
    }),
    { ...STRICT, description: 'Fields left out keep their value, or the default; null removes a limit.' },
  ),
);
export type RoundPolicyInput = Static<typeof RoundPolicyInput.schema>;

export const ROUND_POLICY_DEFAULT: RoundPolicy = { minSubmissions: 1 };

const BaseModel = Type.String({
  minLength: 1,
  maxLength: 512,
  description: 'Name or path of the base model, published as `base_model_name_or_path`.',
});

export const FederationCreate = component(
  'FederationCreate',
  Type.Object(
    {
      name: Slug('The id of the federation in every URL.'),
      baseModel: Type.Optional(BaseModel),
      aggregation: Type.Optional(AggregationInput.ref),
      rounds: Type.Optional(RoundPolicyInput.ref),
    },
    STRICT,
  ),
);
export type FederationCreate = Static<typeof FederationCreate.schema>;

export const FederationPatch = component(
  'FederationPatch',
  Type.Object(
    {
      baseModel: Type.Optional(BaseModel),
      aggregation: Type.Optional(AggregationInput.ref),
      rounds: Type.Optional(RoundPolicyInput.ref),
    },
    { ...STRICT, description: 'Takes effect with the next round that opens.' },
  ),
);
export type FederationPatch = Static<typeof FederationPatch.schema>;

export const Federation = component(
  'Federation',
  Type.Object(
    {
      name: Slug('The id of the federation in every URL.'),
      baseModel: Type.Optional(BaseModel),
      aggregation: Aggregation.ref,
      rounds: RoundPolicy.ref,
      createdAt: Time('When it was created.'),
      clientCount: Type.Integer({ minimum: 0 }),
      latestRound: Type.Optional(Type.Object({ number: Type.Integer({ minimum: 1 }), state: RoundState })),
    },
    { description: 'A fine-tuning effort: a base model, the clients that tune it, and its policies.' },
  ),
);
export type Federation = Static<typeof Federation.schema>;

export const FederationList = component(
  'FederationList',
  Type.Object({ items: Type.Array(Federation.ref), nextCursor: Type.Optional(Type.String()) }),
);
