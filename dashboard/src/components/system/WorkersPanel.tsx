'use client';

import { Code } from '#components/ui/Code.tsx';
import { type Column, DataTable } from '#components/ui/DataTable.tsx';
import { Moment } from '#components/ui/Moment.tsx';
import { Notice } from '#components/ui/Notice.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import type { WorkerStatus } from '#lib/api/types.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { formatPlural } from '#lib/format/formatPlural.ts';
import { formatSeconds } from '#lib/format/formatSeconds.ts';

/** Who aggregates, on what, and why on that. */
export function WorkersPanel({ workers }: { workers: readonly WorkerStatus[] }) {
  return (
    <Panel
      title="Workers"
      hint="Processes that gave a sign of life within the last seconds. A round’s modules spread over all of them."
      flush={workers.length > 0}
    >
      {workers.length === 0 ? (
        <NoWorker />
      ) : (
        <DataTable label="Workers" rows={workers} rowKey={({ id }) => id} columns={COLUMNS} pageSize={20} />
      )}
    </Panel>
  );
}

function NoWorker() {
  return (
    <div className="flex flex-col gap-3">
      <Notice tone="warn" title="No worker is alive">
        Rounds go on collecting; once closed, they will wait in aggregating until a worker starts. Nothing is
        lost. <code className="font-mono text-xs">npm start</code> runs one and restarts it; where the service
        runs in parts, start one with the settings of the api:
      </Notice>
      <div className="grid grid-cols-1 gap-3 lg:grid-cols-2">
        <Code name="On a machine" text="node worker/dist/main.js" />
        <Code name="In containers" text="docker compose up --detach worker" />
      </div>
    </div>
  );
}

const COLUMNS: readonly Column<WorkerStatus>[] = [
  {
    id: 'worker',
    head: 'Worker',
    className: 'whitespace-nowrap',
    cell: ({ host, pid, id }) => (
      <span title={`id ${id}`}>
        {host} <span className="figures text-muted">pid {pid}</span>
      </span>
    ),
  },
  {
    id: 'provider',
    head: 'Computes on',
    className: 'font-medium',
    cell: ({ provider }) => provider.toUpperCase(),
  },
  {
    id: 'reason',
    head: 'Why',
    className: 'min-w-56 text-muted',
    cell: ({ reason }) => reason,
  },
  {
    id: 'concurrency',
    head: 'At a time',
    figures: true,
    cell: ({ concurrency, threads }) => (
      <span title={`${concurrency} groups of modules at a time, ${threads} cores for each`}>
        {formatCount(concurrency)} × {formatPlural(threads, 'core')}
      </span>
    ),
  },
  {
    id: 'started',
    head: 'Started',
    figures: true,
    cell: ({ startedAt }) => <Moment at={startedAt} className="text-muted" />,
  },
  {
    id: 'seen',
    head: 'Sign of life',
    figures: true,
    cell: ({ seenAt, aliveMs }) => (
      <span title={`counts as gone after ${formatSeconds(aliveMs / 1000)} without one`}>
        <Moment at={seenAt} className="text-muted" />
      </span>
    ),
  },
];
