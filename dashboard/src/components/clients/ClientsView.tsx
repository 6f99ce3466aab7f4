'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { CsvButton } from '#components/charts/CsvButton.tsx';
import { useRole } from '#components/shell/RoleProvider.tsx';
import { actsColumn } from '#components/ui/actsColumn.tsx';
import { Button } from '#components/ui/Button.tsx';
import { controlClasses } from '#components/ui/controlClasses.ts';
import { type Column, DataTable } from '#components/ui/DataTable.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import { MenuItem } from '#components/ui/Menu.tsx';
import { Moment } from '#components/ui/Moment.tsx';
import { Name } from '#components/ui/Name.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { QueryGate } from '#components/ui/QueryGate.tsx';
import { Skeleton } from '#components/ui/Skeleton.tsx';
import { SkeletonRows } from '#components/ui/SkeletonRows.tsx';
import { TextLink } from '#components/ui/TextLink.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import { fetchView } from '#lib/api/fetchView.ts';
import type { Matrix } from '#lib/federation/participation.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { formatShare } from '#lib/format/formatShare.ts';
import { keys } from '#lib/queries/keys.ts';
import { queries } from '#lib/queries/queries.ts';
import { useUrlState } from '#lib/url/useUrlState.ts';
import { type ClientRow, clientRows } from './clientRows.ts';
import { RegisterDialog } from './RegisterDialog.tsx';
import { RevokeDialog } from './RevokeDialog.tsx';
import { RotateDialog } from './RotateDialog.tsx';

interface ClientsViewProps {
  apiUrl: string;
  federation: string;
}

type Asking = { act: 'register' } | { act: 'rotate' | 'revoke'; client: string };

/** Who takes part, how much each contributes, and their tokens. */
export function ClientsView({ apiUrl, federation }: ClientsViewProps) {
  const query = useQuery(queries.clients(browserApi, federation));
  const matrix = useQuery({
    queryKey: keys.matrix(federation),
    queryFn: ({ signal }) => fetchView<Matrix>(`/views/federations/${federation}/matrix`, signal),
  });
  const [search, setSearch] = useUrlState('q', '');
  const [asking, setAsking] = useState<Asking>();
  const operator = useRole() === 'operator';
  const columns = useMemo(
    () =>
      clientColumns(
        federation,
        { rounds: matrix.data?.rounds.length ?? 0, loading: matrix.isPending },
        operator ? setAsking : undefined,
      ),
    [federation, matrix.data, matrix.isPending, operator],
  );
  const rows = clientRows(query.data ?? [], matrix.data).filter(({ client }) =>
    client.includes(search.toLowerCase()),
  );
  const close = () => setAsking(undefined);
  const register = (
    <Button look="primary" onClick={() => setAsking({ act: 'register' })}>
      <Plus size={15} aria-hidden="true" />
      Register a client
    </Button>
  );
  return (
    <Panel
      title={
        <>
          Clients{' '}
          {query.data !== undefined && (
            <span className="figures font-normal text-muted">{formatCount(query.data.length)}</span>
          )}
        </>
      }
      hint="Participation and weight over the latest rounds."
      flush
      actions={
        <>
          <input
            type="search"
            aria-label="Find a client"
            placeholder="Find…"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            className={controlClasses('w-44')}
          />
          <CsvButton
            what="clients"
            fileName={`${federation}-clients.csv`}
            table={() => ({
              header: ['client', 'registeredAt', 'tokenCreatedAt', 'rounds', 'meanWeight', 'lastSubmission'],
              rows: rows.map((row) => [
                ...[row.client, row.registeredAt, row.tokenCreatedAt],
                ...[row.rounds, row.meanWeight, row.lastSubmission],
              ]),
            })}
          />
          {operator && register}
        </>
      }
    >
      <QueryGate query={query} what="the clients" loading={<SkeletonRows rows={8} label="Loading clients" />}>
        {(clients) => (
          <DataTable
            label="Clients"
            rows={rows}
            rowKey={({ client }) => client}
            columns={columns}
            sortName="sort"
            empty={
              clients.length === 0 ? (
                <EmptyState title="No client yet" action={operator ? register : undefined}>
                  A client is one participant: a hospital, a phone, a site. Each has its own token and can
                  submit only as itself.
                </EmptyState>
              ) : (
                <EmptyState title="No client of that name">Clear the search to see all of them.</EmptyState>
              )
            }
          />
        )}
      </QueryGate>
      <RegisterDialog
        apiUrl={apiUrl}
        federation={federation}
        open={asking?.act === 'register'}
        onClose={close}
      />
      <RotateDialog
        apiUrl={apiUrl}
        federation={federation}
        client={asking?.act === 'rotate' ? asking.client : undefined}
        onClose={close}
      />
      <RevokeDialog
        federation={federation}
        client={asking?.act === 'revoke' ? asking.client : undefined}
        onClose={close}
      />
    </Panel>
  );
}

function clientColumns(
  federation: string,
  { rounds, loading }: { rounds: number; loading: boolean },
  onAsk: ((asking: Asking) => void) | undefined,
): Column<ClientRow>[] {
  const absent = loading ? <Skeleton className="ml-auto h-4 w-12" /> : <span className="text-faint">—</span>;
  const columns: Column<ClientRow>[] = [
    {
      id: 'client',
      head: 'Client',
      sort: ({ client }) => client,
      cell: ({ client }) => (
        <TextLink
          href={`/federations/${federation}/clients/${client}`}
          className="font-medium hover:underline"
        >
          <Name text={client} />
        </TextLink>
      ),
    },
    {
      id: 'rounds',
      head: 'Took part',
      figures: true,
      descendingFirst: true,
      sort: (row) => row.rounds,
      cell: (row) => (row.rounds === undefined ? absent : `${row.rounds} of ${rounds}`),
    },
    {
      id: 'weight',
      head: 'Mean weight',
      figures: true,
      descendingFirst: true,
      sort: ({ meanWeight }) => meanWeight,
      cell: ({ meanWeight }) => (meanWeight === undefined ? absent : formatShare(meanWeight)),
    },
    {
      id: 'last',
      head: 'Last submission',
      figures: true,
      descendingFirst: true,
      sort: ({ lastSubmission }) => lastSubmission,
      cell: ({ lastSubmission }) => (lastSubmission === undefined ? absent : <Moment at={lastSubmission} />),
    },
    {
      id: 'registered',
      head: 'Registered',
      figures: true,
      descendingFirst: true,
      sort: ({ registeredAt }) => registeredAt,
      cell: ({ registeredAt }) => <Moment at={registeredAt} className="text-muted" />,
    },
    {
      id: 'token',
      head: 'Token since',
      figures: true,
      descendingFirst: true,
      sort: ({ tokenCreatedAt }) => tokenCreatedAt,
      cell: ({ tokenCreatedAt }) => <Moment at={tokenCreatedAt} className="text-muted" />,
    },
  ];
  if (onAsk === undefined) {
    return columns;
  }
  const acts = actsColumn<ClientRow>({
    nameOf: ({ client }) => client,
    acts: ({ client }) => (
      <>
        <MenuItem onSelect={() => onAsk({ act: 'rotate', client })}>New token…</MenuItem>
        <MenuItem danger onSelect={() => onAsk({ act: 'revoke', client })}>
          Revoke…
        </MenuItem>
      </>
    ),
  });
  return [...columns, acts];
}
