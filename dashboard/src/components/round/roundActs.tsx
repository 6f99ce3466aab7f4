import type { ReactNode } from 'react';
import type { Round } from '#lib/api/types.ts';
import { formatCount } from '#lib/format/formatCount.ts';

export interface RoundAct {
  act: 'close' | 'cancel' | 'retry';
  label: string;
  title: string;
  consequence: ReactNode;
  danger: boolean;
}

/** The acts that fit a round's state, with what each will do. */
export function roundActs(federation: string, round: Round): RoundAct[] {
  const name = `round ${round.number} of ${federation}`;
  const submissions = `${formatCount(round.submissionCount)} submission${round.submissionCount === 1 ? '' : 's'}`;
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
      return [
        {
          act: 'retry',
          label: 'Retry aggregation',
          title: `Aggregate ${name} again?`,
          danger: false,
          consequence: <p>It begins anew from the same {submissions}. Nothing has to be sent again.</p>,
        },
      ];
    case 'published':
    case 'cancelled':
      return [];
  }
}
