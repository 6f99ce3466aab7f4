import type { Federation, FederationPatch } from '../api/types.ts';
import { toCandidates } from './candidatesDraft.ts';
import { draftOf, type PolicyDraft } from './policyDraft.ts';
import { toPolicyInput } from './toPolicyInput.ts';

/** Everything that the form of a federation's policies can change. */
export interface PolicyEdit {
  draft: PolicyDraft;
  baseModel: string;
}

/** The form as it is before anything is changed. */
export function editOf(federation: Federation): PolicyEdit {
  return { draft: draftOf(federation), baseModel: federation.baseModel ?? '' };
}

/**
 * What was changed, and nothing else: a field that another operator changes meanwhile stays as that one sets it.
 * @param base what the form began with
 */
export function toPatch(edit: PolicyEdit, base: Federation): FederationPatch {
  const after = toInput(edit, base);
  const before = toInput(editOf(base), base);
  const groups = {
    aggregation: changed(after.groups.aggregation, before.groups.aggregation),
    rounds: changed(after.groups.rounds, before.groups.rounds),
    retention: changed(after.groups.retention, before.groups.retention),
    quotas: changed(after.groups.quotas, before.groups.quotas),
  };
  return { ...changed(after.fields, before.fields), ...changed(groups, NOTHING) };
}

const NOTHING = { aggregation: {}, rounds: {}, retention: {}, quotas: {} };

function toInput({ draft, baseModel }: PolicyEdit, base: Federation) {
  return {
    fields: { candidates: toCandidates(draft), baseModel: baseModel === '' ? null : baseModel },
    groups: toPolicyInput(draft, base.rounds),
  };
}

/** How many fields a patch sets. */
export function countChanges({ baseModel, candidates, ...groups }: FederationPatch): number {
  const single = [baseModel, candidates].filter((field) => field !== undefined).length;
  return Object.values(groups).reduce((sum, group) => sum + Object.keys(group).length, single);
}

/** The entries that differ. Both come from one function, so that like ones are written alike. */
function changed<T extends object>(after: T, before: T): Partial<T> {
  const differing: Partial<T> = { ...after };
  for (const name in after) {
    if (JSON.stringify(after[name]) === JSON.stringify(before[name])) {
      delete differing[name];
    }
  }
  return differing;
}
