'use client';

import { useNow } from '#components/shell/NowProvider.tsx';
import { Exact } from '#components/ui/Exact.tsx';
import { Moment } from '#components/ui/Moment.tsx';
import { Progress } from '#components/ui/Progress.tsx';
import { StateBadge } from '#components/ui/StateBadge.tsx';
import { WaitingFor } from '#components/ui/WaitingFor.tsx';
import type { Round } from '#lib/api/types.ts';
import { CLOSERS } from '#lib/federation/closers.ts';
import { formatClock } from '#lib/format/formatClock.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { FailureNotice } from './FailureNotice.tsx';
import { NoWorkerNotice } from './NoWorkerNotice.tsx';
import { RoundActions } from './RoundActions.tsx';

/** Where the round stands, what it waits for, and what can be done about it. */
export function RoundHeader({ federation, round }: { federation: string; round: Round }) {
  const aggregating = round.state === 'aggregating';
  return (
    <div className="mb-4 flex flex-col gap-2">
      <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="figures text-lg font-semibold">Round {round.number}</h1>
        <StateBadge state={round.state} />
        {aggregating && (
          <span className="figures text-[13px]">
            {formatCount(round.progress.done)} of {formatCount(round.progress.total)} modules
          </span>
        )}
        <Elapsed round={round} />
        <div className="ml-auto">
          <RoundActions federation={federation} round={round} />
        </div>
      </div>
      <p className="text-[13px] text-muted">
        <Standing round={round} />
      </p>
      <div className="h-1.5">
        {aggregating && (
          <Progress done={round.progress.done} total={round.progress.total} label="modules aggregated" />
        )}
      </div>
      {aggregating && <NoWorkerNotice />}
      {round.error !== undefined && (
        <FailureNotice federation={federation} round={round} error={round.error} />
      )}
    </div>
  );
}

function Elapsed({ round }: { round: Round }) {
  const now = useNow();
  if (round.state !== 'aggregating' || round.closedAt === undefined) {
    return null;
  }
  const seconds = (now.getTime() - new Date(round.closedAt).getTime()) / 1000;
  return (
    <Exact exact="since the round closed" className="text-[13px] text-muted">
      {formatClock(seconds)}
    </Exact>
  );
}

function Standing({ round }: { round: Round }) {
  const submitted = `${formatCount(round.submissionCount)} submitted`;
  if (round.state === 'collecting') {
    return (
      <>
        Waiting for <WaitingFor items={round.waitingFor} />; {submitted}, opened{' '}
        <Moment at={round.openedAt} />
      </>
    );
  }
  const closed = round.closedAt !== undefined && (
    <>
      , {CLOSERS[round.closedBy ?? 'operator']} <Moment at={round.closedAt} />
    </>
  );
  const ended = round.publishedAt ?? round.failedAt ?? round.cancelledAt;
  return (
    <>
      {submitted}
      {closed}
      {ended !== undefined && (
        <>
          , {round.state} <Moment at={ended} />
        </>
      )}
    </>
  );
}
