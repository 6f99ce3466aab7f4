import type { CohortPolicy } from '../api/types.ts';
import { textOf, typed } from './typed.ts';

/** Whom a round invites, as a form holds it. */
export interface CohortDraft {
  cohort: 'all' | 'size' | 'fraction';
  cohortSize: string;
  cohortFraction: string;
  /** Empty for none. */
  oversample: string;
}

export const COHORT_DEFAULT: CohortDraft = {
  cohort: 'all',
  cohortSize: '10',
  cohortFraction: '0.1',
  oversample: '',
};

type Sample = Exclude<CohortPolicy, 'all'>;

/** What a sample has that no form changes: who is always in it, and what it is drawn with. */
export function keptOfSample(inForce: CohortPolicy | undefined): Pick<Sample, 'always' | 'seed'> {
  if (inForce === undefined || inForce === 'all') {
    return {};
  }
  const { always, seed } = inForce;
  return { ...(always !== undefined && { always }), ...(seed !== undefined && { seed }) };
}

export function cohortDraftOf(policy: CohortPolicy | undefined): CohortDraft {
  if (policy === undefined || policy === 'all') {
    return COHORT_DEFAULT;
  }
  const sample = { ...COHORT_DEFAULT, oversample: textOf(policy.oversample) };
  return 'size' in policy
    ? { ...sample, cohort: 'size', cohortSize: String(policy.size) }
    : { ...sample, cohort: 'fraction', cohortFraction: String(policy.fraction) };
}

/** A cohort is replaced as a whole, so what the form does not show is sent back as it was. */
export function toCohort(draft: CohortDraft, inForce: CohortPolicy | undefined): CohortPolicy | null {
  const sampling = {
    ...keptOfSample(inForce),
    ...(draft.oversample !== '' && { oversample: typed(draft.oversample) }),
  };
  switch (draft.cohort) {
    case 'all':
      return null;
    case 'size':
      return { size: typed(draft.cohortSize), ...sampling };
    case 'fraction':
      return { fraction: typed(draft.cohortFraction), ...sampling };
  }
}
