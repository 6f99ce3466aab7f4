import type { FederationPatch } from '@florist/core/schemas/federation';
import { aggregationFields } from '../ledger/fields.js';

/** The fields of a federation's record that a patch sets, and those that it removes. */
export interface FederationChanges {
  set: Record<string, string>;
  unset: string[];
}

export function federationChanges(patch: FederationPatch): FederationChanges {
  const set = aggregationFields(patch.aggregation ?? {});
  if (patch.baseModel !== undefined) set.baseModel = patch.baseModel;
  const unset: string[] = [];
  for (const [name, limit] of Object.entries(patch.rounds ?? {})) {
    if (limit === null) unset.push(name);
    else if (limit !== undefined) set[name] = String(limit);
  }
  return { set, unset };
}

/** Lua: refuses when a round could never become full with enough submissions. */
export const LIMITS_AGREE = `
local function limits_contradict(fields)
  local minimum, maximum = tonumber(fields.minSubmissions), tonumber(fields.maxSubmissions)
  return maximum and maximum < minimum
end
`;
