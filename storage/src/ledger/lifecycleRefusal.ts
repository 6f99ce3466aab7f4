import { Refusal } from '@florist/core/errors/refusal';
import type { Facts } from './refusalFrom.js';

/** Refusals that come of a round's cohort, its deadline, or of submissions that were late. */
export function lifecycleRefusal(reason: string, facts: Facts): Refusal | undefined {
  const { client, round, invited, needed, minimum } = facts;
  switch (reason) {
    case 'cohort_too_small':
      return new Refusal(
        reason,
        `Round ${round} would invite ${invited} of the ${needed} clients it needs; register more, or ask for fewer.`,
      );
    case 'client_not_invited':
      return new Refusal(reason, `Client ${client} is not in the cohort of round ${round}.`);
    case 'submission_superseded':
      return new Refusal(
        reason,
        `Client ${client} has submitted to round ${facts.later}, so what comes late for round ${round} is not kept.`,
      );
    case 'grace_ahead':
      return new Refusal('request_invalid', `The grace of round ${round} has not passed.`);
    case 'have_ahead':
      return new Refusal(
        'request_invalid',
        `There is no round ${facts.have} whose adapter a client could have.`,
        [{ field: 'have', detail: `Must be at most ${facts.latest}, the latest round.` }],
      );
    case 'quorum_contradicts':
      return new Refusal('request_invalid', 'A quorum is for rounds that have not reached their minimum.', [
        {
          field: '/rounds/quorum',
          detail: `quorum is ${facts.quorum}, above minSubmissions, which is ${minimum}.`,
        },
      ]);
    case 'cohort_contradicts':
      return new Refusal('request_invalid', 'A round would invite fewer clients than it needs.', [
        {
          field: '/rounds/cohort',
          detail: `It invites ${invited}, below minSubmissions, which is ${minimum}.`,
        },
      ]);
    default:
      return undefined;
  }
}
