import { Aggregation, Method, type RankPolicy } from '@florist/core/schemas/aggregation';
import type { CohortPolicy } from '@florist/core/schemas/cohort';
import { DtypeName } from '@florist/core/schemas/common';
import type { QuotaPolicy } from '@florist/core/schemas/quotas';
import type { RetentionPolicy } from '@florist/core/schemas/retention';
import { Late, OnDeadline, type RoundPolicy } from '@florist/core/schemas/roundPolicy';
import type { Weighting } from '@florist/core/schemas/weighting';
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
    ...(fields.weighting !== undefined && { weighting: JSON.parse(fields.weighting) }),
  };
}

/** Equal policies give equal text, whatever the order in which their fields came. */
export function aggregationFields(aggregation: Partial<Aggregation>): Record<string, string> {
  const { rank, weighting, ...rest } = aggregation;
  const fields: Record<string, string | undefined> = {
    ...rest,
    rank: rank && canonicalRank(rank),
    weighting: weighting && canonicalWeighting(weighting),
  };
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
    case 'total':
      return JSON.stringify({ policy: rank.policy, totalRank: rank.totalRank });
  }
}

/** `WEIGHTING_DEFAULT` gives what the prelude's recipe counts as none. */
function canonicalWeighting({ by, maxShare, robust }: Weighting): string {
  const { clip, dropCosine, multiKrum } = robust ?? {};
  const policies = {
    clip: clip && { norm: clip.norm, timesMedian: clip.timesMedian },
    dropCosine,
    multiKrum: multiKrum && { faulty: multiKrum.faulty, keep: multiKrum.keep },
  };
  return JSON.stringify({ by, maxShare, robust: robust && policies });
}

export function roundPolicyFrom(fields: Fields): RoundPolicy {
  const policy: RoundPolicy = { minSubmissions: Number(need(fields, 'minSubmissions')) };
  if (fields.maxSubmissions !== undefined) policy.maxSubmissions = Number(fields.maxSubmissions);
  if (fields.deadlineSeconds !== undefined) policy.deadlineSeconds = Number(fields.deadlineSeconds);
  if (fields.graceSeconds !== undefined) policy.graceSeconds = Number(fields.graceSeconds);
  if (fields.onDeadline !== undefined) policy.onDeadline = literal(OnDeadline, fields.onDeadline);
  if (fields.extendSeconds !== undefined) policy.extendSeconds = Number(fields.extendSeconds);
  if (fields.quorum !== undefined) policy.quorum = Number(fields.quorum);
  if (fields.late !== undefined) policy.late = literal(Late, fields.late);
  if (fields.stalenessWeight !== undefined) policy.stalenessWeight = Number(fields.stalenessWeight);
  if (fields.cohort !== undefined) policy.cohort = cohortPolicyFrom(fields.cohort);
  if (fields.next !== undefined) policy.next = JSON.parse(fields.next);
  return policy;
}

/** A cohort of all is plain text, one that is sampled is JSON. */
function cohortPolicyFrom(text: string): CohortPolicy {
  return text === 'all' ? text : JSON.parse(text);
}

export function quotasFrom(fields: Fields): QuotaPolicy {
  const policy: QuotaPolicy = {};
  for (const name of ['bytesPerClient', 'bytesPerFederation', 'requestsPerMinute'] as const) {
    if (fields[name] !== undefined) policy[name] = Number(fields[name]);
  }
  return policy;
}

export function retentionFrom(fields: Fields): RetentionPolicy {
  const policy: RetentionPolicy = {};
  if (fields.submissionRounds !== undefined) policy.submissionRounds = Number(fields.submissionRounds);
  if (fields.adapterRounds !== undefined) policy.adapterRounds = Number(fields.adapterRounds);
  return policy;
}
