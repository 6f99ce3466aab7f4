'use client';

import { useState } from 'react';
import { type Column, DataTable } from '#components/ui/DataTable.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import { Moment } from '#components/ui/Moment.tsx';
import { Name } from '#components/ui/Name.tsx';
import { TextLink } from '#components/ui/TextLink.tsx';
import type { Federation } from '#lib/api/types.ts';
import { byNeed, inOrder } from '#lib/federation/byNeed.ts';
import { describeMethod } from '#lib/federation/describeMethod.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { LatestRound } from './LatestRound.tsx';
import { SavedBytes } from './SavedBytes.tsx';

const COLUMNS: readonly Column<Federation>[] = [
  {
    id: 'name',
    head: 'Name',
    sort: ({ name }) => name,
    cell: ({ name }) => (
      <TextLink href={`/federations/${name}`} className="font-medium hover:underline">
        <Name text={name} />
      </TextLink>
    ),
  },
  {
    id: 'model',
    head: 'Base model',
    sort: ({ baseModel }) => baseModel,
    cell: ({ baseModel }) =>
      baseModel === undefined ? (
        <span className="text-muted">—</span>
      ) : (
        <span className="text-muted">
          <Name text={baseModel} />
        </span>
      ),
    className: 'max-sm:hidden',
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
    cell: (federation) => <LatestRound {...federation} />,
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

interface FederationsTableProps {
  federations: readonly Federation[];
  /** In small letters; empty for all of them. */
  search: string;
}

/** Those that need a person stand first; rows keep the places that they had when the page was opened. */
export function FederationsTable({ federations, search }: FederationsTableProps) {
  const [order] = useState(() => byNeed(federations));
  const rows = inOrder(federations, order).filter(({ name, baseModel = '' }) =>
    `${name} ${baseModel}`.toLowerCase().includes(search),
  );
  return (
    <DataTable
      label="Federations"
      rows={rows}
      rowKey={({ name }) => name}
      columns={COLUMNS}
      sortName="sort"
      empty={<EmptyState title="No federation of that name">Clear the search to see all of them.</EmptyState>}
    />
  );
}
