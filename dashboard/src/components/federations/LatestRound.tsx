'use client';

import { useQuery } from '@tanstack/react-query';
import { useNow } from '#components/shell/NowProvider.tsx';
import { StateBadge } from '#components/ui/StateBadge.tsx';
import { TextLink } from '#components/ui/TextLink.tsx';
import { WaitingFor } from '#components/ui/WaitingFor.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import type { Federation, Round } from '#lib/api/types.ts';
import { describeFailure } from '#lib/federation/describeFailure.ts';
import { queries } from '#lib/queries/queries.ts';

/** Rounds are asked for one by one, so less often than the list. */
const REFRESH_MS = 15_000;

const EXPLAINED: readonly Round['state'][] = ['collecting', 'aggregating', 'failed'];

/** Where the latest round of a federation stands; below, what it waits for, or why it failed. */
export function LatestRound({ name, latestRound }: Pick<Federation, 'name' | 'latestRound'>) {
  if (latestRound === undefined) {
    return <span className="text-muted">none yet</span>;
  }
  const { number, state } = latestRound;
  return (
    <>
      <TextLink
        href={`/federations/${name}/rounds/${number}`}
        className="inline-flex items-center gap-2 hover:underline"
      >
        <span className="figures min-w-6 text-right">{number}</span>
        <StateBadge state={state} />
      </TextLink>
      {EXPLAINED.includes(state) && <Standing federation={name} number={number} state={state} />}
    </>
  );
}

interface StandingProps {
  federation: string;
  number: number;
  state: Round['state'];
}

/** One line, whose place is held while it comes. */
function Standing({ federation, number, state }: StandingProps) {
  const { data: round } = useQuery({
    ...queries.round(browserApi, federation, number),
    refetchInterval: REFRESH_MS,
  });
  const now = useNow();
  // the list and the round come in answers of their own: of two states neither is told
  const told = round?.state === state ? round : undefined;
  const overdue = state === 'collecting' && told?.deadlineAt !== undefined && new Date(told.deadlineAt) < now;
  return (
    <span className="block min-h-4 max-w-72 truncate pl-8 xl:max-w-[28rem] text-xs text-muted">
      {told?.error !== undefined && (
        <span title={told.error.detail}>{describeFailure(told.error).title}</span>
      )}
      {told?.error === undefined && told !== undefined && told.waitingFor.length > 0 && (
        <span title={told.waitingFor.join(', ')}>
          {overdue && <strong className="font-medium text-warn">overdue, </strong>}
          waiting for <WaitingFor items={told.waitingFor} />
        </span>
      )}
    </span>
  );
}
