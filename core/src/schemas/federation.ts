import { type Static, Type } from 'typebox';
import { Aggregation, AggregationInput } from './aggregation.js';
import { CandidatePolicy } from './candidates.js';
import { Slug, STRICT, Time } from './common.js';
import { component } from './component.js';
import { QuotaPolicy, QuotaPolicyInput } from './quotas.js';
import { RetentionPolicy, RetentionPolicyInput } from './retention.js';
import { RoundState } from './round.js';
import { RoundPolicy, RoundPolicyInput } from './roundPolicy.js';

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
      candidates: Type.Optional(CandidatePolicy.ref),
      retention: Type.Optional(RetentionPolicyInput.ref),
      quotas: Type.Optional(QuotaPolicyInput.ref),
    },
    STRICT,
  ),
);
export type FederationCreate = Static<typeof FederationCreate.schema>;

export const FederationPatch = component(
  'FederationPatch',
  Type.Object(
    {
      baseModel: Type.Optional(
        Type.Union([BaseModel, Type.Null()], { description: 'null takes the name away.' }),
      ),
      aggregation: Type.Optional(AggregationInput.ref),
      rounds: Type.Optional(RoundPolicyInput.ref),
      candidates: Type.Optional(
        Type.Union([CandidatePolicy.ref, Type.Null()], { description: 'null removes the policy.' }),
      ),
      retention: Type.Optional(RetentionPolicyInput.ref),
      quotas: Type.Optional(QuotaPolicyInput.ref),
    },
    {
      ...STRICT,
      description:
        'Takes effect with the next round that opens; retention with its next run, and quotas with the next request.',
    },
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
      candidates: Type.Optional(CandidatePolicy.ref),
      retention: RetentionPolicy.ref,
      quotas: QuotaPolicy.ref,
      createdAt: Time('When it was created.'),
      clientCount: Type.Integer({ minimum: 0 }),
      latestRound: Type.Optional(Type.Object({ number: Type.Integer({ minimum: 1 }), state: RoundState })),
      nextRoundAt: Type.Optional(Time('When the next round opens by itself.')),
    },
    { description: 'A fine-tuning effort: a base model, the clients that tune it, and its policies.' },
  ),
);
export type Federation = Static<typeof Federation.schema>;

export const FederationList = component(
  'FederationList',
  Type.Object({ items: Type.Array(Federation.ref), nextCursor: Type.Optional(Type.String()) }),
);
