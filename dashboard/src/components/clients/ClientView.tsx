'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { EventList } from '#components/activity/EventList.tsx';
import { useHistory } from '#components/activity/useHistory.ts';
import { CsvButton } from '#components/charts/CsvButton.tsx';
import { useRole } from '#components/shell/RoleProvider.tsx';
import { Button } from '#components/ui/Button.tsx';
import { Bytes } from '#components/ui/Bytes.tsx';
import { type Column, DataTable } from '#components/ui/DataTable.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import { Exact } from '#components/ui/Exact.tsx';
import { Moment } from '#components/ui/Moment.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { QueryGate } from '#components/ui/QueryGate.tsx';
import { ScrollRegion } from '#components/ui/ScrollRegion.tsx';
import { SkeletonRows } from '#components/ui/SkeletonRows.tsx';
import { StateBadge } from '#components/ui/StateBadge.tsx';
import { TextLink } from '#components/ui/TextLink.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import { fetchView } from '#lib/api/fetchView.ts';
import type { RoundState } from '#lib/api/types.ts';
import type { Matrix, MatrixCell } from '#lib/federation/participation.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { formatShare } from '#lib/format/formatShare.ts';
import { keys } from '#lib/queries/keys.ts';
import { queries } from '#lib/queries/queries.ts';
import { RevokeDialog } from './RevokeDialog.tsx';
import { RotateDialog } from './RotateDialog.tsx';

const EVENTS_SHOWN = 50;

interface ClientOf {
  federation: string;
  client: string;
}

interface ClientViewProps extends ClientOf {
  apiUrl: string;
}

/** One participant: its token, its part in each round, what happened to it. */
export function ClientView({ apiUrl, federation, client }: ClientViewProps) {
  const router = useRouter();
  const operator = useRole() === 'operator';
  const clients = useQuery(queries.clients(browserApi, federation));
  const [asking, setAsking] = useState<'rotate' | 'revoke'>();
  const registered = clients.data?.find((candidate) => candidate.client === client);
  const close = () => setAsking(undefined);
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center gap-3">
        <div className="mr-auto min-w-0">
          <h2 className="text-base font-semibold break-words">{client}</h2>
          <p className="min-h-5 text-[13px] text-muted">
            {registered !== undefined ? (
              <>
                Registered <Moment at={registered.registeredAt} />, token since{' '}
                <Moment at={registered.tokenCreatedAt} />
              </>
            ) : (
              clients.data !== undefined && <Unregistered federation={federation} client={client} />
            )}
          </p>
        </div>
        {operator && registered !== undefined && (
          <>
            <Button onClick={() => setAsking('rotate')}>New token…</Button>
            <Button onClick={() => setAsking('revoke')}>Revoke…</Button>
          </>
        )}
      </div>
      <div className="grid grid-cols-1 gap-5 xl:grid-cols-[3fr_2fr]">
        <Contribution federation={federation} client={client} />
        <ClientActivity federation={federation} client={client} />
      </div>
      <RotateDialog
        apiUrl={apiUrl}
        federation={federation}
        client={asking === 'rotate' ? client : undefined}
        onClose={close}
      />
      <RevokeDialog
        federation={federation}
        client={asking === 'revoke' ? client : undefined}
        onClose={close}
        onRevoked={() => router.push(`/federations/${federation}/clients`)}
      />
    </div>
  );
}

/** Events tell a client that is gone from one that never was, as far back as they are kept. */
function Unregistered({ federation, client }: ClientOf) {
  const { data: history } = useClientHistory(federation, client);
  if (history === undefined) {
    return null;
  }
  return history.events.length === 0 && !history.truncated
    ? 'No client of this name was ever registered.'
    : 'Not registered now: its token does not work.';
}

interface Part {
  round: number;
  state: RoundState;
  cell: MatrixCell | undefined;
}

function Contribution({ federation, client }: ClientOf) {
  const query = useQuery({
    queryKey: [...keys.matrix(federation), client],
    queryFn: ({ signal }) =>
      fetchView<Matrix>(`/views/federations/${federation}/matrix?client=${client}`, signal),
  });
  const cells = new Map(query.data?.rows[0]?.cells.map((cell) => [cell.round, cell]));
  const parts: Part[] =
    query.data?.rounds.map(({ number, state }) => ({ round: number, state, cell: cells.get(number) })) ?? [];
  return (
    <Panel
      title="Contribution"
      hint="The latest rounds."
      flush
      actions={
        <CsvButton
          what="contribution"
          fileName={`${federation}-${client}.csv`}
          table={() => ({
            header: ['round', 'numExamples', 'weight', 'rank', 'bytes', 'acceptedAt', 'late'],
            rows: parts.map(({ round, cell }) => [
              ...[round, cell?.numExamples, cell?.weight, cell?.rank],
              ...[cell?.bytes, cell?.acceptedAt, cell?.late],
            ]),
          })}
        />
      }
    >
      <QueryGate
        query={query}
        what="the contribution"
        loading={<SkeletonRows label="Loading the contribution" />}
      >
        {() => (
          <DataTable
            label="Contribution by round"
            rows={parts}
            rowKey={({ round }) => String(round)}
            columns={columns(federation)}
            empty={<EmptyState title="No round yet">Its part in each round is listed here.</EmptyState>}
          />
        )}
      </QueryGate>
    </Panel>
  );
}

function columns(federation: string): Column<Part>[] {
  return [
    {
      id: 'round',
      head: 'Round',
      cell: ({ round, state }) => (
        <TextLink
          href={`/federations/${federation}/rounds/${round}`}
          className="inline-flex items-center gap-2 hover:underline"
        >
          <span className="figures min-w-6 text-right">{round}</span>
          <StateBadge state={state} />
        </TextLink>
      ),
    },
    {
      id: 'part',
      head: 'Part',
      className: 'whitespace-nowrap',
      cell: ({ state, cell }) =>
        cell === undefined ? (
          <span className="text-muted">{state === 'collecting' ? '○ awaited' : '· missing'}</span>
        ) : cell.late ? (
          '◐ after the deadline'
        ) : (
          '● submitted'
        ),
    },
    {
      id: 'examples',
      head: 'Examples',
      figures: true,
      cell: ({ cell }) => cell && formatCount(cell.numExamples),
    },
    {
      id: 'weight',
      head: 'Weight',
      figures: true,
      cell: ({ cell }) => cell && <Exact exact={`w_k = ${cell.weight}`}>{formatShare(cell.weight)}</Exact>,
    },
    { id: 'rank', head: 'Rank', figures: true, cell: ({ cell }) => cell?.rank },
    { id: 'size', head: 'Size', figures: true, cell: ({ cell }) => cell && <Bytes value={cell.bytes} /> },
    {
      id: 'sent',
      head: 'Sent',
      figures: true,
      cell: ({ cell }) => cell && <Moment at={cell.acceptedAt} className="text-muted" />,
    },
  ];
}

/** Events of the client, on view and in answer to whether there ever was one. */
function useClientHistory(federation: string, client: string) {
  return useHistory(federation, { subjects: [], round: undefined, client, progress: false }, EVENTS_SHOWN);
}

function ClientActivity({ federation, client }: ClientOf) {
  const query = useClientHistory(federation, client);
  return (
    <Panel title="Activity" flush>
      <QueryGate query={query} what="the activity" loading={<SkeletonRows label="Loading the activity" />}>
        {({ events }) =>
          events.length === 0 ? (
            <EmptyState title="Nothing yet">What this client does is listed here.</EmptyState>
          ) : (
            <ScrollRegion label="Events of the client" className="max-h-[34rem]">
              <EventList federation={federation} events={events} />
            </ScrollRegion>
          )
        }
      </QueryGate>
    </Panel>
  );
}
