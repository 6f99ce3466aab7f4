import type { Aggregation, RoundPolicy } from '../api/types.ts';
import { ADAPTER_DEFAULT, type AdapterDraft, adapterDraftOf } from './adapterDraft.ts';
import { type AfterDraft, afterDraftOf } from './afterDraft.ts';
import { type ClosingDraft, closingDraftOf } from './closingDraft.ts';
import { type CohortDraft, cohortDraftOf } from './cohortDraft.ts';
import { WEIGHTING_DEFAULT, type WeightingDraft, weightingDraftOf } from './weightingDraft.ts';

/** Policies as a form holds them: what is typed, also while it is not valid yet. */
export interface PolicyDraft extends AdapterDraft, WeightingDraft, CohortDraft, ClosingDraft, AfterDraft {}

export const POLICY_DEFAULT: PolicyDraft = {
  ...ADAPTER_DEFAULT,
  ...WEIGHTING_DEFAULT,
  ...roundDraftOf({ minSubmissions: 1 }),
};

/** The form for policies that are in force. */
export function draftOf(aggregation: Aggregation, rounds: RoundPolicy): PolicyDraft {
  return {
    ...adapterDraftOf(aggregation),
    ...weightingDraftOf(aggregation.weighting),
    ...roundDraftOf(rounds),
  };
}

function roundDraftOf(rounds: RoundPolicy): CohortDraft & ClosingDraft & AfterDraft {
  return { ...cohortDraftOf(rounds.cohort), ...closingDraftOf(rounds), ...afterDraftOf(rounds) };
}
