import type { Round } from '../api/types.ts';

/** The api's own, where a policy that proceeds with a quorum names none. */
const QUORUM_DEFAULT = 1;

/** How many submissions a round needs to be aggregated. */
export function neededBy({ state, policy }: Round): number {
  const { minSubmissions, onDeadline, quorum = QUORUM_DEFAULT } = policy;
  return state === 'failed' && onDeadline === 'proceed' ? quorum : minSubmissions;
}

/** How many of them it lacks; carried submissions do not count. */
export function shortage(round: Round): number {
  return Math.max(0, neededBy(round) - (round.submissionCount - (round.carriedCount ?? 0)));
}
