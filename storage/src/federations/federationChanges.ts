import type { FederationPatch } from '@florist/core/schemas/federation';
import { candidateFields } from '../choices/candidateFields.js';
import { aggregationFields } from '../ledger/fields.js';
import { CEIL_SLACK } from '../rounds/cohortScript.js';

/** The fields of a federation's record that a patch sets, and those that it removes. */
export interface FederationChanges {
  set: Record<string, string>;
  unset: string[];
}

export function federationChanges(patch: FederationPatch): FederationChanges {
  const set = aggregationFields(patch.aggregation ?? {});
  const unset: string[] = [];
  if (patch.baseModel === null) unset.push('baseModel');
  else if (patch.baseModel !== undefined) set.baseModel = patch.baseModel;
  if (patch.candidates === null) unset.push('candidates', 'candidateRanks');
  else if (patch.candidates !== undefined) Object.assign(set, candidateFields(patch.candidates));
  for (const [name, limit] of Object.entries({ ...patch.rounds, ...patch.retention, ...patch.quotas })) {
    if (limit === null) unset.push(name);
    else if (limit !== undefined)
      set[name] = typeof limit === 'object' ? JSON.stringify(limit) : String(limit);
  }
  return { set, unset };
}

/**
 * Lua: the refusal of limits under which a round could never become full with enough submissions, or would
 * need more where it is to make do with fewer; nil when they agree.
 */
export const LIMITS_AGREE = `
local function limits_contradict(fields)
  local minimum, maximum = tonumber(fields.minSubmissions), tonumber(fields.maxSubmissions)
  local quorum = tonumber(fields.quorum)
  if maximum and maximum < minimum then
    return refuse('limits_contradict', 'minimum', fields.minSubmissions, 'maximum', fields.maxSubmissions)
  end
  if quorum and quorum > minimum then
    return refuse('quorum_contradicts', 'minimum', fields.minSubmissions, 'quorum', fields.quorum)
  end
  if not fields.cohort or fields.cohort == 'all' then return nil end
  local cohort = cjson.decode(fields.cohort)
  if not cohort.size then return nil end
  local invited = math.max(math.ceil(cohort.size * (cohort.oversample or 1) - ${CEIL_SLACK}), #(cohort.always or {}))
  if invited < minimum then
    return refuse('cohort_contradicts', 'minimum', fields.minSubmissions, 'invited', tostring(invited))
  end
end
`;
