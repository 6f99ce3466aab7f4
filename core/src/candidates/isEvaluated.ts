import type { CandidatePolicy } from '../schemas/candidates.js';
import type { Evidence } from './chooseCandidate.js';

/** Whether every candidate has evaluations enough, so that there is nothing left to wait for. */
export function isEvaluated({ minEvaluations }: CandidatePolicy, candidates: readonly Evidence[]): boolean {
  return candidates.length > 0 && candidates.every(({ evaluations }) => evaluations >= minEvaluations);
}
