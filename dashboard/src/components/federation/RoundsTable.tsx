'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Bytes } from '#components/ui/Bytes.tsx';
import { type Column, DataTable } from '#components/ui/DataTable.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import { Exact } from '#components/ui/Exact.tsx';
import { Moment } from '#components/ui/Moment.tsx';
import { OlderButton } from '#components/ui/OlderButton.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { QueryGate } from '#components/ui/QueryGate.tsx';
import { SkeletonRows } from '#components/ui/SkeletonRows.tsx';
import { StateBadge } from '#components/ui/StateBadge.tsx';
import { TextLink } from '#components/ui/TextLink.tsx';
import { WaitingFor } from '#components/ui/WaitingFor.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import type { Round } from '#lib/api/types.ts';
import { CLOSERS } from '#lib/federation/closers.ts';
import { describeMethod } from '#lib/federation/describeMethod.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { formatRatio } from '#lib/format/formatRatio.ts';
import { formatSeconds } from '#lib/format/formatSeconds.ts';
import { formatShare } from '#lib/format/formatShare.ts';
import { queries } from '#lib/queries/queries.ts';

const absent = <span className="text-faint">—</span>;

function columns(federation: string): readonly Column<Round>[] {
  return [
    {
      id: 'round',
      head: 'Round',
      cell: ({ number }) => (
        <TextLink
          href={`/federations/${federation}/rounds/${number}`}
          className="figures font-medium hover:underline"
        >
          {number}
        </TextLink>
      ),
    },
    { id: 'state', head: 'State', cell: (round) => <StateCell round={round} /> },
    {
      id: 'submissions',
      head: 'Submissions',
      figures: true,
      cell: ({ submissionCount }) => formatCount(submissionCount),
    },
    {
      id: 'method',
      head: 'Method',
      cell: ({ adapter }) =>
        adapter === undefined ? (
          absent
        ) : (
          <span className="whitespace-nowrap">{describeMethod(adapter.aggregation)}</span>
        ),
    },
    {
      id: 'rank',
      head: 'Total rank',
      figures: true,
      cell: ({ adapter }) =>
        adapter?.result === undefined ? (
          absent
        ) : (
          <Exact exact={`${adapter.result.totalRank} of the exact stack’s ${adapter.result.stackedRank}`}>
            {formatCount(adapter.result.totalRank)}
          </Exact>
        ),
    },
    {
      id: 'flora',
      head: 'Beside FLoRA',
      figures: true,
      cell: ({ adapter }) =>
        adapter?.result === undefined
          ? absent
          : formatRatio(adapter.result.totalRank, adapter.result.stackedRank),
    },
    {
      id: 'energy',
      head: 'Energy kept',
      figures: true,
      cell: ({ adapter }) =>
        adapter?.result === undefined ? (
          absent
        ) : (
          <Exact exact={String(adapter.result.energyKept)}>{formatShare(adapter.result.energyKept)}</Exact>
        ),
    },
    {
      id: 'download',
      head: 'Download',
      figures: true,
      cell: ({ adapter }) =>
        adapter?.result === undefined ? absent : <Bytes value={adapter.result.bytes} />,
    },
    {
      id: 'time',
      head: 'Aggregation',
      figures: true,
      cell: ({ adapter }) => (adapter?.result === undefined ? absent : formatSeconds(adapter.result.seconds)),
    },
    {
      id: 'opened',
      head: 'Opened',
      figures: true,
      cell: ({ openedAt }) => <Moment at={openedAt} className="text-muted" />,
    },
  ];
}

function StateCell({ round }: { round: Round }) {
  return (
    <span className="inline-flex items-center gap-2">
      <StateBadge state={round.state} />
      <span className="max-w-56 truncate text-xs text-muted max-lg:hidden xl:max-w-96">
        {round.error !== undefined ? (
          <span title={round.error.detail}>{round.error.detail}</span>
        ) : round.waitingFor.length > 0 ? (
          <span title={round.waitingFor.join(', ')}>
            waiting for <WaitingFor items={round.waitingFor} />
          </span>
        ) : (
          round.closedBy !== undefined && CLOSERS[round.closedBy]
        )}
      </span>
    </span>
  );
}

/** All rounds, newest first, as a history that reads from the top. */
export function RoundsTable({ federation }: { federation: string }) {
  const query = useInfiniteQuery(queries.rounds(browserApi, federation));
  return (
    <Panel title="Rounds" flush>
      <QueryGate query={query} what="the rounds" loading={<SkeletonRows label="Loading rounds" />}>
        {({ pages }) => (
          <>
            <DataTable
              label="Rounds"
              rows={pages.flatMap(({ items }) => items)}
              rowKey={({ number }) => String(number)}
              columns={columns(federation)}
              pageSize={Number.MAX_SAFE_INTEGER}
              empty={
                <EmptyState title="No round yet">
                  A round collects one adapter from each client and publishes their mean. Register the
                  clients, then open the first round.
                </EmptyState>
              }
            />
            <OlderButton query={query} what="rounds" />
          </>
        )}
      </QueryGate>
    </Panel>
  );
}
