import type { Federation, RoundPolicy } from '../api/types.ts';
import { ADAPTER_DEFAULT, type AdapterDraft, adapterDraftOf } from './adapterDraft.ts';
import { type AfterDraft, afterDraftOf } from './afterDraft.ts';
import { CANDIDATES_DEFAULT, type CandidatesDraft, candidatesDraftOf } from './candidatesDraft.ts';
import { type ClosingDraft, closingDraftOf } from './closingDraft.ts';
import { type CohortDraft, cohortDraftOf } from './cohortDraft.ts';
import { type QuotaDraft, quotaDraftOf } from './quotaDraft.ts';
import { type RetentionDraft, retentionDraftOf } from './retentionDraft.ts';
import { WEIGHTING_DEFAULT, type WeightingDraft, weightingDraftOf } from './weightingDraft.ts';

/** Policies as a form holds them: what is typed, also while it is not valid yet. */
export interface PolicyDraft
  extends AdapterDraft,
    WeightingDraft,
    CohortDraft,
    ClosingDraft,
    AfterDraft,
    CandidatesDraft,
    RetentionDraft,
    QuotaDraft {}

/** Policies that are in force. */
export type Policies = Pick<Federation, 'aggregation' | 'rounds' | 'candidates' | 'retention' | 'quotas'>;

export const POLICY_DEFAULT: PolicyDraft = {
  ...ADAPTER_DEFAULT,
  ...WEIGHTING_DEFAULT,
  ...roundDraftOf({ minSubmissions: 1 }),
  ...CANDIDATES_DEFAULT,
  ...retentionDraftOf({}),
  ...quotaDraftOf({}),
};

/** The form for policies that are in force. */
export function draftOf({ aggregation, rounds, candidates, retention, quotas }: Policies): PolicyDraft {
  return {
    ...adapterDraftOf(aggregation),
    ...weightingDraftOf(aggregation.weighting),
    ...roundDraftOf(rounds),
    ...candidatesDraftOf(candidates),
    ...retentionDraftOf(retention),
    ...quotaDraftOf(quotas),
  };
}

function roundDraftOf(rounds: RoundPolicy): CohortDraft & ClosingDraft & AfterDraft {
  return { ...cohortDraftOf(rounds.cohort), ...closingDraftOf(rounds), ...afterDraftOf(rounds) };
}
