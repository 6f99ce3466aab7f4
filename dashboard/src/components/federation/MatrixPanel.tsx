'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CsvButton } from '#components/charts/CsvButton.tsx';
import { Button } from '#components/ui/Button.tsx';
import { controlClasses } from '#components/ui/controlClasses.ts';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { QueryGate } from '#components/ui/QueryGate.tsx';
import { ScrollRegion } from '#components/ui/ScrollRegion.tsx';
import { SkeletonRows } from '#components/ui/SkeletonRows.tsx';
import { TextLink } from '#components/ui/TextLink.tsx';
import { fetchView } from '#lib/api/fetchView.ts';
import type { Matrix } from '#lib/federation/participation.ts';
import { keys } from '#lib/queries/keys.ts';
import { useUrlState } from '#lib/url/useUrlState.ts';
import { MatrixRowCells } from './MatrixRowCells.tsx';

/** Rows drawn at first; a thousand clients times 24 rounds is more than a page should hold. */
const ROWS = 30;

/** Who took part in which round. */
export function MatrixPanel({ federation }: { federation: string }) {
  const query = useQuery({
    queryKey: keys.matrix(federation),
    queryFn: ({ signal }) => fetchView<Matrix>(`/views/federations/${federation}/matrix`, signal),
  });
  const [search, setSearch] = useUrlState('client', '');
  return (
    <Panel
      title="Clients by round"
      hint={<Legend />}
      flush
      actions={
        <>
          <input
            type="search"
            aria-label="Find a client"
            placeholder="Find a client…"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            className={controlClasses('w-44')}
          />
          <CsvButton
            what="participation"
            fileName={`${federation}-clients.csv`}
            table={() => toTable(query.data)}
          />
        </>
      }
    >
      <QueryGate query={query} what="who took part" loading={<SkeletonRows label="Loading clients" />}>
        {(matrix) =>
          matrix.rows.length === 0 || matrix.rounds.length === 0 ? (
            <EmptyState title={matrix.rows.length === 0 ? 'No client yet' : 'No round yet'}>
              Each client is a row here, each round a column.
            </EmptyState>
          ) : (
            <Grid federation={federation} matrix={matrix} search={search} />
          )
        }
      </QueryGate>
    </Panel>
  );
}

function Grid({ federation, matrix, search }: { federation: string; matrix: Matrix; search: string }) {
  const [shown, setShown] = useState(ROWS);
  const rows = matrix.rows.filter(({ client }) => client.includes(search.toLowerCase()));
  const rounds = matrix.rounds.toReversed();
  const largest = Math.max(...matrix.rows.flatMap(({ cells }) => cells.map(({ weight }) => weight)));
  if (rows.length === 0) {
    return <EmptyState title="No client of that name">Clear the search to see all of them.</EmptyState>;
  }
  return (
    <>
      <ScrollRegion label="Clients by round" className="py-2">
        <table className="border-collapse text-xs">
          <thead>
            <tr>
              <th scope="col" className="sticky left-0 z-10 bg-surface px-4 text-left font-medium text-muted">
                Client
              </th>
              {rounds.map(({ number }) => (
                <th key={number} scope="col" className="figures min-w-9 px-0.5 pb-1 font-normal text-muted">
                  <TextLink href={`/federations/${federation}/rounds/${number}`}>{number}</TextLink>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((row) => (
              <MatrixRowCells
                key={row.client}
                federation={federation}
                row={row}
                rounds={rounds}
                largest={largest}
              />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {rows.length > shown && (
        <div className="flex items-center justify-center gap-3 border-t border-line p-2 text-xs text-muted">
          <span className="figures">
            {shown} of {rows.length} clients
          </span>
          <Button look="quiet" onClick={() => setShown(shown + 4 * ROWS)}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

function Legend() {
  return (
    <span className="flex flex-wrap gap-x-3">
      <span>
        <span className="font-medium text-accent">●</span> submitted, stronger with more weight
      </span>
      <span>◐ after the deadline</span>
      <span>○ awaited</span>
      <span>· missing</span>
    </span>
  );
}

function toTable(matrix: Matrix | undefined) {
  const cells = (matrix?.rows ?? []).flatMap(({ client, cells }) =>
    cells.map((cell) => ({ client, ...cell })),
  );
  return {
    header: ['client', 'round', 'numExamples', 'weight', 'bytes', 'rank', 'acceptedAt', 'late'],
    rows: cells.map((cell) => [
      ...[cell.client, cell.round, cell.numExamples, cell.weight],
      ...[cell.bytes, cell.rank, cell.acceptedAt, cell.late],
    ]),
  };
}
