import { Aggregation, Method, type RankPolicy } from '@florist/core/schemas/aggregation';
import { DtypeName } from '@florist/core/schemas/common';
import type { RoundPolicy } from '@florist/core/schemas/federation';
import type { Reply } from './runScript.js';

/** A hash of the ledger, as text. */
export type Fields = Readonly<Record<string, string>>;

/** The hash that a script returned as a flat list of names and values. */
export function fieldsFrom(reply: Reply | undefined): Fields {
  const flat = listFrom(reply);
  const fields: Record<string, string> = {};
  for (let index = 0; index + 1 < flat.length; index += 2)
    fields[String(flat[index])] = String(flat[index + 1]);
  return fields;
}

export function listFrom(reply: Reply | undefined): Reply[] {
  if (!Array.isArray(reply)) throw new Error('The ledger gave no list where one belongs.');
  return reply;
}

/** @throws Error when the ledger lacks what every such record has: a fault, not the caller's mistake */
export function need(fields: Fields, name: string): string {
  const value = fields[name];
  if (value === undefined) throw new Error(`A record of the ledger lacks ${name}.`);
  return value;
}

/** One of the values that a schema's union of literals allows. */
export function literal<T extends string>(union: { anyOf: { const: T }[] }, value: string): T {
  const found = union.anyOf.find((candidate) => candidate.const === value);
  if (found === undefined) throw new Error(`The ledger holds ${JSON.stringify(value)} where it cannot.`);
  return found.const;
}

const MISSING_MODULES = Aggregation.schema.properties.missingModules;

export function aggregationFrom(fields: Fields): Aggregation {
  return {
    method: literal(Method, need(fields, 'method')),
    rank: JSON.parse(need(fields, 'rank')),
    dtype: literal(DtypeName, need(fields, 'dtype')),
    missingModules: literal(MISSING_MODULES, need(fields, 'missingModules')),
  };
}

/** Equal policies give equal text, whatever the order in which their fields came. */
export function aggregationFields(aggregation: Partial<Aggregation>): Record<string, string> {
  const { rank, ...rest } = aggregation;
  const fields: Record<string, string | undefined> = { ...rest, rank: rank && canonicalRank(rank) };
  return Object.fromEntries(Object.entries(fields).flatMap(([name, text]) => (text ? [[name, text]] : [])));
}

function canonicalRank(rank: RankPolicy): string {
  switch (rank.policy) {
    case 'energy':
      return JSON.stringify({ policy: rank.policy, tau: rank.tau });
    case 'fixed':
      return JSON.stringify({ policy: rank.policy, rank: rank.rank });
    case 'budget':
      return JSON.stringify({ policy: rank.policy, bytes: rank.bytes });
  }
}

export function roundPolicyFrom(fields: Fields): RoundPolicy {
  const policy: RoundPolicy = { minSubmissions: Number(need(fields, 'minSubmissions')) };
  if (fields.maxSubmissions !== undefined) policy.maxSubmissions = Number(fields.maxSubmissions);
  if (fields.deadlineSeconds !== undefined) policy.deadlineSeconds = Number(fields.deadlineSeconds);
  return policy;
}
