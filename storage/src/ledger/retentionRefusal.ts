import { Refusal } from '@florist/core/errors/refusal';
import type { Facts } from './refusalFrom.js';

/** Refusals for want of files that were deleted, and of sums of rounds. */
export function retentionRefusal(reason: string, facts: Facts): Refusal | undefined {
  const { federation, client, round, adapter, last, count } = facts;
  switch (reason) {
    case 'submissions_gone':
      return new Refusal(
        reason,
        `The submissions of round ${round} were deleted, as the federation's retention says: nothing can be made of them any more.`,
      );
    case 'adapter_gone':
      return new Refusal(reason, `The files of adapter ${adapter} of round ${round} were deleted.`);
    case 'sources_gone':
      return new Refusal(
        'adapter_gone',
        `The sum needs ${count} ${count === '1' ? 'adapter that was' : 'adapters that were'} deleted; since=${last} is the earliest that can be had.`,
        [{ field: 'since', detail: `Must be at least ${last}.` }],
      );
    case 'nothing_published':
      return new Refusal('round_not_published', `Federation ${federation} has not published a round yet.`);
    case 'sums_busy':
      return new Refusal(
        'too_many_requests',
        `Federation ${federation} has many sums being made: ask again later.`,
      );
    case 'sums_of_client_busy':
      return new Refusal(
        'too_many_requests',
        `Client ${client} has several sums being made: wait for these before asking for others.`,
      );
    default:
      return undefined;
  }
}
