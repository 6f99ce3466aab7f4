import type { CandidatePolicy } from '../api/types.ts';
import { type Duration, durationOf, toSeconds } from './duration.ts';
import { typed } from './typed.ts';

/** How τ is chosen by evidence, as a form holds it. */
export interface CandidatesDraft {
  choose: 'none' | CandidatePolicy['choose'];
  /** With commas or spaces between. */
  taus: string;
  metric: string;
  better: 'lower' | 'higher';
  margin: string;
  evaluationWait: Duration;
  minEvaluations: string;
}

export const CANDIDATES_DEFAULT: CandidatesDraft = {
  choose: 'none',
  taus: '0.8, 0.9, 0.95',
  metric: 'loss',
  better: 'lower',
  margin: '0.01',
  evaluationWait: { amount: '1', unit: 'hours' },
  minEvaluations: '1',
};

export function candidatesDraftOf(policy: CandidatePolicy | undefined): CandidatesDraft {
  if (policy === undefined) return CANDIDATES_DEFAULT;
  return {
    ...CANDIDATES_DEFAULT,
    ...{ choose: policy.choose, metric: policy.metric, taus: policy.taus.join(', ') },
    better: policy.higherIsBetter ? 'higher' : 'lower',
    ...(policy.choose === 'smallest' && { margin: String(policy.margin) }),
    evaluationWait: durationOf(policy.waitSeconds, 'hours'),
    minEvaluations: String(policy.minEvaluations),
  };
}

/** Null for no such policy, as a new federation has none. */
export function toCandidates(draft: CandidatesDraft): CandidatePolicy | null {
  const { choose, taus, metric, better, margin, evaluationWait, minEvaluations } = draft;
  if (choose === 'none') return null;
  const fields = {
    taus: taus.split(/[\s,]+/).flatMap((tau) => (tau === '' ? [] : [typed(tau)])),
    metric,
    higherIsBetter: better === 'higher',
    waitSeconds: toSeconds(evaluationWait),
    minEvaluations: typed(minEvaluations),
  };
  return choose === 'smallest' ? { choose, margin: typed(margin), ...fields } : { choose, ...fields };
}
