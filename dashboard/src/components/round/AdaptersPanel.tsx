'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useRole } from '#components/shell/RoleProvider.tsx';
import { Button, buttonClasses } from '#components/ui/Button.tsx';
import { Bytes } from '#components/ui/Bytes.tsx';
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx';
import { type Column, DataTable } from '#components/ui/DataTable.tsx';
import { Exact } from '#components/ui/Exact.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { StateBadge } from '#components/ui/StateBadge.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import type { Adapter } from '#lib/api/types.ts';
import { unwrap } from '#lib/api/unwrap.ts';
import { describeMethod } from '#lib/federation/describeMethod.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { formatSeconds } from '#lib/format/formatSeconds.ts';
import { formatShare } from '#lib/format/formatShare.ts';
import { keys } from '#lib/queries/keys.ts';

interface AdaptersPanelProps {
  federation: string;
  round: number;
  adapters: readonly Adapter[];
  /** The one on view. */
  viewed: string | undefined;
  onView: (id: string) => void;
}

/** All that was made of the round's submissions; clients get the current one. */
export function AdaptersPanel({ federation, round, adapters, viewed, onView }: AdaptersPanelProps) {
  const client = useQueryClient();
  const operator = useRole() === 'operator';
  const [promoting, setPromoting] = useState<Adapter>();
  const columns = useMemo(
    () =>
      adapterColumns({ federation, round, viewed, onView, onPromote: operator ? setPromoting : undefined }),
    [federation, round, viewed, onView, operator],
  );
  const promote = async () => {
    const changed = await unwrap(
      browserApi.POST('/v1/federations/{federation}/rounds/{round}/adapters/{adapter}/promote', {
        params: { path: { federation, round: String(round), adapter: promoting?.id ?? '' } },
      }),
    );
    client.setQueryData(keys.round(federation, round), changed);
    await client.invalidateQueries({ queryKey: keys.adapters(federation, round) });
  };
  const current = adapters.find((adapter) => adapter.current);
  return (
    <Panel title="Adapters" hint="Made from the same submissions. Clients get the current one." flush>
      <DataTable label="Adapters" rows={adapters} rowKey={({ id }) => id} columns={columns} />
      <ConfirmDialog
        open={promoting !== undefined}
        onOpenChange={(open) => !open && setPromoting(undefined)}
        title={`Make ${promoting?.id} the current adapter of round ${round}?`}
        act="Make current"
        consequence={
          <p>
            From now on clients of {federation} that fetch round {round} get{' '}
            {promoting && describeMethod(promoting.aggregation)} instead of{' '}
            {current && describeMethod(current.aggregation)} ({current?.id}). Those that already have the old
            one keep it. It can be turned back.
          </p>
        }
        onConfirm={promote}
      />
    </Panel>
  );
}

interface AdapterColumnsOptions {
  federation: string;
  round: number;
  viewed: string | undefined;
  onView: (id: string) => void;
  onPromote: ((adapter: Adapter) => void) | undefined;
}

function adapterColumns({
  federation,
  round,
  viewed,
  onView,
  onPromote,
}: AdapterColumnsOptions): Column<Adapter>[] {
  return [
    {
      id: 'id',
      head: 'Id',
      cell: ({ id, current }) => (
        <span className="inline-flex items-center gap-2">
          <span className="figures font-medium">{id}</span>
          {current && (
            <span className="rounded-full bg-accent-soft px-1.5 text-2xs font-medium text-accent">
              current
            </span>
          )}
        </span>
      ),
    },
    { id: 'method', head: 'Method', cell: ({ aggregation }) => <MethodCell aggregation={aggregation} /> },
    { id: 'state', head: 'State', cell: (adapter) => <StateCell adapter={adapter} /> },
    {
      id: 'rank',
      head: 'Total rank',
      figures: true,
      cell: ({ result }) => result && formatCount(result.totalRank),
    },
    {
      id: 'bytes',
      head: 'Download',
      figures: true,
      cell: ({ result }) => result && <Bytes value={result.bytes} />,
    },
    {
      id: 'error',
      head: 'Error, of ΔW',
      figures: true,
      cell: ({ result }) =>
        result && <Exact exact={String(result.relativeError)}>{formatShare(result.relativeError)}</Exact>,
    },
    {
      id: 'time',
      head: 'Time',
      figures: true,
      cell: ({ result }) => result && formatSeconds(result.seconds),
    },
    {
      id: 'acts',
      head: <span className="sr-only">Acts</span>,
      figures: true,
      cell: (adapter) =>
        adapter.state === 'published' && (
          <span className="inline-flex items-center justify-end gap-1">
            <Button
              look="quiet"
              aria-pressed={adapter.id === viewed}
              disabled={adapter.id === viewed}
              onClick={() => onView(adapter.id)}
            >
              {adapter.id === viewed ? 'On view' : 'View'}
            </Button>
            {onPromote !== undefined && !adapter.current && (
              <Button look="quiet" onClick={() => onPromote(adapter)}>
                Make current
              </Button>
            )}
            <a
              href={`/api/v1/federations/${federation}/rounds/${round}/adapter/adapter_model.safetensors?adapter=${adapter.id}`}
              download="adapter_model.safetensors"
              aria-label={`Download ${adapter.id}`}
              className={buttonClasses('quiet')}
            >
              <Download size={14} aria-hidden="true" />
            </a>
          </span>
        ),
    },
  ];
}

function MethodCell({ aggregation }: { aggregation: Adapter['aggregation'] }) {
  return (
    <span className="figures whitespace-nowrap">
      {describeMethod(aggregation)} <span className="text-muted">{aggregation.dtype}</span>
    </span>
  );
}

function StateCell({ adapter }: { adapter: Adapter }) {
  return (
    <span className="inline-flex items-center gap-2">
      <StateBadge state={adapter.state} />
      {adapter.state === 'aggregating' && adapter.progress.total > 0 && (
        <span className="figures text-xs text-muted">
          {adapter.progress.done} of {adapter.progress.total}
        </span>
      )}
      {adapter.error !== undefined && (
        <span title={adapter.error.detail} className="max-w-80 truncate text-xs text-danger">
          {adapter.error.detail}
        </span>
      )}
    </span>
  );
}
