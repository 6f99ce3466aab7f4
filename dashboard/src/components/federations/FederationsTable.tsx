'use client';

import { type Column, DataTable } from '#components/ui/DataTable.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import { Moment } from '#components/ui/Moment.tsx';
import { StateBadge } from '#components/ui/StateBadge.tsx';
import { TextLink } from '#components/ui/TextLink.tsx';
import type { Federation } from '#lib/api/types.ts';
import { describeMethod } from '#lib/federation/describeMethod.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { SavedBytes } from './SavedBytes.tsx';

const COLUMNS: readonly Column<Federation>[] = [
  {
    id: 'name',
    head: 'Name',
    className: 'whitespace-nowrap',
    sort: ({ name }) => name,
    cell: ({ name }) => (
      <TextLink href={`/federations/${name}`} className="font-medium hover:underline">
        {name}
      </TextLink>
    ),
  },
  {
    id: 'model',
    head: 'Base model',
    sort: ({ baseModel }) => baseModel,
    cell: ({ baseModel }) => <span className="text-muted">{baseModel ?? '—'}</span>,
    className: 'max-w-64 truncate max-sm:hidden',
  },
  {
    id: 'method',
    head: 'Method',
    className: 'max-sm:hidden',
    sort: ({ aggregation }) => describeMethod(aggregation),
    cell: ({ aggregation }) => (
      <span className="figures whitespace-nowrap">{describeMethod(aggregation)}</span>
    ),
  },
  {
    id: 'round',
    head: 'Latest round',
    sort: ({ latestRound }) => latestRound?.number,
    descendingFirst: true,
    cell: ({ name, latestRound }) =>
      latestRound === undefined ? (
        <span className="text-muted">none yet</span>
      ) : (
        <TextLink
          href={`/federations/${name}/rounds/${latestRound.number}`}
          className="inline-flex items-center gap-2 hover:underline"
        >
          <span className="figures min-w-6 text-right">{latestRound.number}</span>
          <StateBadge state={latestRound.state} />
        </TextLink>
      ),
  },
  {
    id: 'clients',
    head: 'Clients',
    figures: true,
    descendingFirst: true,
    sort: ({ clientCount }) => clientCount,
    cell: ({ clientCount }) => formatCount(clientCount),
  },
  {
    id: 'saved',
    head: 'Saved against FLoRA',
    figures: true,
    cell: ({ name }) => <SavedBytes federation={name} />,
  },
  {
    id: 'created',
    head: 'Created',
    figures: true,
    descendingFirst: true,
    sort: ({ createdAt }) => createdAt,
    cell: ({ createdAt }) => <Moment at={createdAt} className="text-muted" />,
  },
];

export function FederationsTable({ federations }: { federations: readonly Federation[] }) {
  return (
    <DataTable
      label="Federations"
      rows={federations}
      rowKey={({ name }) => name}
      columns={COLUMNS}
      sortName="sort"
      empty={<EmptyState title="No federation of that name">Clear the search to see all of them.</EmptyState>}
    />
  );
}
