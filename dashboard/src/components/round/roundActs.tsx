import type { ReactNode } from 'react';
import type { Aggregation, Round } from '#lib/api/types.ts';
import { isOfPolicies, TOO_FEW_SUBMISSIONS } from '#lib/federation/describeFailure.ts';
import { describeMethod } from '#lib/federation/describeMethod.ts';
import { neededBy, shortage } from '#lib/federation/shortage.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { formatPlural } from '#lib/format/formatPlural.ts';

export interface RoundAct {
  act: 'close' | 'cancel' | 'retry';
  label: string;
  title: string;
  consequence: ReactNode;
  danger: boolean;
  /** Why the api would refuse it as things stand. */
  blocked?: string;
}

/**
 * The acts that fit a round's state, with what each will do.
 * @param today the federation's policies, which a round that failed for its own is retried under; undefined while
 * they are not known
 */
export function roundActs(federation: string, round: Round, today: Aggregation | undefined): RoundAct[] {
  const name = `round ${round.number} of ${federation}`;
  const submissions = formatPlural(round.submissionCount, 'submission');
  const cancel: RoundAct = {
    act: 'cancel',
    label: 'Cancel round',
    title: `Cancel ${name}?`,
    danger: true,
    consequence: (
      <>
        <p>
          {round.state === 'aggregating'
            ? `Aggregation stops at ${round.progress.done} of ${round.progress.total} modules.`
            : `Its ${submissions} will not be aggregated.`}{' '}
          Nothing is published, and clients have to submit again to the next round.
        </p>
        <p>This cannot be undone. Rounds before it keep their adapters.</p>
      </>
    ),
  };
  switch (round.state) {
    case 'collecting':
      return [
        cancel,
        {
          act: 'close',
          label: 'Close and aggregate',
          title: `Close ${name}?`,
          danger: false,
          ...blockedBy(whyNotClosed(round)),
          consequence: (
            <>
              <p>It takes no more submissions and aggregates the {submissions} it has.</p>
              <p>A closed round cannot be opened again; who has not submitted waits for the next one.</p>
            </>
          ),
        },
      ];
    case 'aggregating':
      return [cancel];
    case 'failed':
      if (round.error?.code === TOO_FEW_SUBMISSIONS) {
        return [];
      }
      return [
        {
          act: 'retry',
          label: 'Retry aggregation',
          title: `Aggregate ${name} again?`,
          danger: false,
          ...blockedBy(whyNotRetried(round, today)),
          consequence: (
            <p>
              It begins anew from the same {submissions}
              {isOfPolicies(round.error) && today && (
                <>, under today’s policies: {describeAggregation(today)}</>
              )}
              . Nothing has to be sent again.
            </p>
          ),
        },
      ];
    case 'published':
    case 'cancelled':
      return [];
  }
}

function blockedBy(reason: string | undefined): Pick<RoundAct, 'blocked'> {
  return reason === undefined ? {} : { blocked: reason };
}

/** What a round lacks to be closed. */
function whyNotClosed(round: Round): string | undefined {
  const lacking = shortage(round);
  return lacking > 0 ? `${formatCount(lacking)} more needed before it can close.` : undefined;
}

function whyNotRetried(round: Round, today: Aggregation | undefined): string | undefined {
  if (round.submissionsDeletedAt !== undefined) {
    return 'The files of its submissions were deleted: it cannot be aggregated.';
  }
  if (shortage(round) > 0) {
    return `Too few submissions are left: it needs ${formatCount(neededBy(round))}.`;
  }
  return isOfPolicies(round.error) && today === undefined
    ? 'It would be retried under today’s policies, which are not known yet.'
    : undefined;
}

function describeAggregation(aggregation: Aggregation): string {
  return `${describeMethod(aggregation)}, ${aggregation.dtype}`;
}
