import type { components } from '@florist/openapi/schema';

type Schemas = components['schemas'];

export type Adapter = Schemas['Adapter'];
export type AdapterResult = NonNullable<Adapter['result']>;
export type Aggregation = Schemas['Aggregation'];
export type AggregationInput = Schemas['AggregationInput'];
export type Method = Aggregation['method'];
export type RankPolicy = Aggregation['rank'];
export type Comparison = Schemas['Comparison'];
export type MethodCost = Schemas['MethodCost'];
export type Similarity = Schemas['Similarity'];
export type Client = Schemas['Client'];
export type ClientWithToken = Schemas['ClientWithToken'];
export type Federation = Schemas['Federation'];
export type FederationCreate = Schemas['FederationCreate'];
export type FederationPatch = Schemas['FederationPatch'];
export type FederationEvent = Schemas['FederationEvent'];
export type Problem = Schemas['Problem'];
export type Receipt = Schemas['Receipt'];
export type Round = Schemas['Round'];
export type RoundPolicy = Schemas['RoundPolicy'];
export type RoundState = Round['state'];
export type Spectrum = Schemas['Spectrum'];
