import type { Round } from '../api/types.ts';

/** The code of a round whose deadline passed in vain: it was never aggregated, so there is nothing to retry. */
export const TOO_FEW_SUBMISSIONS = 'round_too_few_submissions';

/** The code of a round that stumbled over a file; its detail says whose, and what to do. */
export const SUBMISSION_DAMAGED = 'submission_damaged';

/** Why a round failed, as a person says it; the api's own detail has the figures. */
const TITLES: Readonly<Record<string, string>> = {
  [TOO_FEW_SUBMISSIONS]: 'The round ended with too few submissions',
  ffa_factors_differ: 'Aggregation failed: the clients’ A factors differ',
  dtype_overflow: 'Aggregation failed: the adapter does not fit the chosen dtype',
  budget_too_small: 'Aggregation failed: the byte budget is too small',
  clients_too_few: 'Aggregation failed: too few clients to compare',
  clients_too_many: 'Aggregation failed: too many clients to compare',
  clients_all_dropped: 'Aggregation failed: the weighting policy left no client',
  [SUBMISSION_DAMAGED]: 'Aggregation failed: a submission was damaged on the disk',
  internal: 'Aggregation failed for a reason that only the worker’s log has',
};

/** Causes that lie in what was asked for: asked for the same again, the round fails the same way. */
const OF_POLICIES: ReadonlySet<string> = new Set([
  'ffa_factors_differ',
  'dtype_overflow',
  'budget_too_small',
  'clients_too_few',
  'clients_too_many',
  'clients_all_dropped',
]);

export function isOfPolicies(error: Round['error']): boolean {
  return error !== undefined && OF_POLICIES.has(error.code);
}

/** The cause of a failed round: a title for people, and the detail as a sentence. */
export function describeFailure({ code, detail }: NonNullable<Round['error']>) {
  return { title: TITLES[code] ?? 'Aggregation failed', detail: toSentence(detail) };
}

/** With a capital at its beginning and a stop at its end, whoever wrote it. */
export function toSentence(text: string): string {
  const begun = `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}
