'use client';

import { type Column, DataTable } from '#components/ui/DataTable.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import { Moment } from '#components/ui/Moment.tsx';
import { Name } from '#components/ui/Name.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { TextLink } from '#components/ui/TextLink.tsx';
import { formatCount } from '#lib/format/formatCount.ts';
import { formatSeconds } from '#lib/format/formatSeconds.ts';
import type { Publication, SystemReport } from '#lib/system/systemReport.ts';
import { NotKnown } from './NotKnown.tsx';

/** What was computed lately, on what, and how long it took. */
export function PublishedPanel({ published }: { published: SystemReport['published'] }) {
  return (
    <Panel title="Published last" hint="What computed, and how long it took." flush>
      {published === undefined ? (
        <NotKnown />
      ) : (
        <DataTable
          label="Published last"
          rows={published}
          rowKey={({ federation, round }) => `${federation}/${round}`}
          columns={COLUMNS}
          empty={<EmptyState title="Nothing yet">The latest published rounds are listed here.</EmptyState>}
        />
      )}
    </Panel>
  );
}

const COLUMNS: readonly Column<Publication>[] = [
  {
    id: 'round',
    head: 'Round',
    cell: ({ federation, round }) => (
      <TextLink href={`/federations/${federation}/rounds/${round}`} className="flex gap-1 hover:underline">
        <Name text={federation} /> <span className="figures">{round}</span>
      </TextLink>
    ),
  },
  { id: 'provider', head: 'Provider', cell: ({ executionProvider }) => executionProvider.toUpperCase() },
  { id: 'modules', head: 'Modules', figures: true, cell: ({ modules }) => formatCount(modules) },
  { id: 'seconds', head: 'Took', figures: true, cell: ({ seconds }) => formatSeconds(seconds) },
  {
    id: 'compute',
    head: 'Compute',
    figures: true,
    cell: ({ computeSeconds }) => formatSeconds(computeSeconds),
  },
  { id: 'at', head: 'Published', figures: true, cell: ({ at }) => <Moment at={at} className="text-muted" /> },
];
