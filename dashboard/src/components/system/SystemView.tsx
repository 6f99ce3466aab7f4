'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleCheck, OctagonX } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Bytes } from '#components/ui/Bytes.tsx';
import { type Column, DataTable } from '#components/ui/DataTable.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import { Moment } from '#components/ui/Moment.tsx';
import { Notice } from '#components/ui/Notice.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { Progress } from '#components/ui/Progress.tsx';
import { QueryGate } from '#components/ui/QueryGate.tsx';
import { SkeletonRows } from '#components/ui/SkeletonRows.tsx';
import { fetchView } from '#lib/api/fetchView.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { formatSeconds } from '#lib/format/formatSeconds.ts';
import type { Publication, SystemReport } from '#lib/system/systemReport.ts';
import type { RouteTraffic } from '#lib/system/traffic.ts';

const REFRESH_MS = 5000;

/** Whether the service works, what computes, and what it was asked. */
export function SystemView() {
  const query = useQuery({
    queryKey: ['system'],
    queryFn: ({ signal }) => fetchView<SystemReport>('/views/system', signal),
    refetchInterval: REFRESH_MS,
  });
  return (
    <>
      <h1 className="mb-4 text-lg font-semibold">System</h1>
      <QueryGate
        query={query}
        what="the system"
        loading={
          <Panel title="Service" flush>
            <SkeletonRows label="Loading the system" />
          </Panel>
        }
      >
        {(report) => <Loaded report={report} />}
      </QueryGate>
    </>
  );
}

function Loaded({ report }: { report: SystemReport }) {
  const { api, traffic, aggregating, published } = report;
  return (
    <div className="flex flex-col gap-5">
      <Service report={report} />
      {api.problem !== undefined && (
        <Notice tone="danger" title={api.problem.title} urgent>
          <p>{api.problem.detail}</p>
          <p>Submissions that were accepted are stored. Workers go on once the part is back.</p>
        </Notice>
      )}
      <div className="grid grid-cols-1 gap-5 xl:grid-cols-2">
        <Panel title="Aggregating now" hint="Rounds that workers are at, or that wait for one." flush>
          {aggregating.length === 0 ? (
            <EmptyState title="Nothing to aggregate">Workers are idle until a round closes.</EmptyState>
          ) : (
            <ul className="divide-y divide-line">
              {aggregating.map(({ federation, round, done, total, closedAt }) => (
                <li key={`${federation}/${round}`} className="flex flex-col gap-1.5 px-4 py-2.5 text-[13px]">
                  <span className="flex items-baseline justify-between gap-3">
                    <Link href={`/federations/${federation}/rounds/${round}`} className="hover:underline">
                      {federation} round {round}
                    </Link>
                    <span className="figures text-muted">
                      {formatCount(done)} of {formatCount(total)} modules
                      {closedAt !== undefined && (
                        <>
                          , since <Moment at={closedAt} />
                        </>
                      )}
                    </span>
                  </span>
                  <Progress done={done} total={total} label="modules aggregated" />
                </li>
              ))}
            </ul>
          )}
        </Panel>
        <Panel title="Published last" hint="What computed, and how long it took." flush>
          <DataTable
            label="Published last"
            rows={published}
            rowKey={({ federation, round }) => `${federation}/${round}`}
            columns={PUBLISHED}
            empty={<EmptyState title="Nothing yet">The latest published rounds are listed here.</EmptyState>}
          />
        </Panel>
      </div>
      {traffic !== undefined && (
        <Panel title="Requests to the api" hint="Since it started, by route." flush>
          <DataTable
            label="Requests"
            rows={traffic.routes}
            rowKey={({ method, route }) => `${method} ${route}`}
            columns={ROUTES}
            sortName="sort"
            pageSize={15}
          />
        </Panel>
      )}
    </div>
  );
}

function Service({ report: { api, traffic, published, dashboard, apiUrl } }: { report: SystemReport }) {
  const provider = published[0]?.executionProvider;
  const accepted = traffic?.submissions.find(({ outcome }) => outcome === 'accepted')?.count ?? 0;
  const refused = traffic?.submissions.find(({ outcome }) => outcome === 'refused')?.count ?? 0;
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line lg:grid-cols-5">
      <Tile name="Api, Redis and blobs" beside={`${Math.round(api.milliseconds)} ms · ${apiUrl}`}>
        <span className="inline-flex items-center gap-1.5">
          {api.ready ? (
            <CircleCheck size={17} aria-hidden="true" className="text-accent" />
          ) : (
            <OctagonX size={17} aria-hidden="true" className="text-danger" />
          )}
          {api.ready ? 'ready' : 'not ready'}
        </span>
      </Tile>
      <Tile
        name="Computed last on"
        beside={provider === undefined ? 'no round published yet' : 'by the newest publication'}
      >
        {provider?.toUpperCase() ?? '—'}
      </Tile>
      <Tile name="Submissions" beside={`${formatCount(refused)} refused, since the api started`}>
        {formatCount(accepted)}
      </Tile>
      <Tile name="Received" beside={`${formatCount(traffic?.eventStreams ?? 0)} event streams open`}>
        {traffic === undefined ? '—' : <Bytes value={traffic.uploadBytes} />}
      </Tile>
      <Tile
        name="Dashboard"
        beside={`up ${formatSeconds(dashboard.uptimeSeconds)}, Node ${dashboard.nodeVersion}`}
      >
        <Bytes value={dashboard.memoryBytes} />
      </Tile>
    </dl>
  );
}

function Tile({ name, beside, children }: { name: string; beside: string; children: ReactNode }) {
  return (
    <div className="min-w-0 bg-surface px-4 py-2.5 max-lg:last:col-span-2">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="figures mt-0.5 text-lg font-semibold">{children}</dd>
      <dd className="figures truncate text-xs text-muted" title={beside}>
        {beside}
      </dd>
    </div>
  );
}

const PUBLISHED: readonly Column<Publication>[] = [
  {
    id: 'round',
    head: 'Round',
    cell: ({ federation, round }) => (
      <Link href={`/federations/${federation}/rounds/${round}`} className="hover:underline">
        {federation} <span className="figures">{round}</span>
      </Link>
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

const ROUTES: readonly Column<RouteTraffic>[] = [
  {
    id: 'route',
    head: 'Route',
    sort: ({ route }) => route,
    cell: ({ method, route }) => (
      <span className="font-mono text-xs whitespace-nowrap">
        <span className="inline-block w-14 text-muted">{method}</span>
        {route}
      </span>
    ),
  },
  {
    id: 'requests',
    head: 'Requests',
    figures: true,
    descendingFirst: true,
    sort: ({ requests }) => requests,
    cell: ({ requests }) => formatCount(requests),
  },
  {
    id: 'faults',
    head: 'Faults',
    figures: true,
    descendingFirst: true,
    sort: ({ faults }) => faults,
    cell: ({ faults }) => (
      <span className={faults > 0 ? 'text-danger' : 'text-faint'}>{formatCount(faults)}</span>
    ),
  },
  {
    id: 'mean',
    head: 'Mean',
    figures: true,
    descendingFirst: true,
    sort: ({ meanSeconds }) => meanSeconds,
    cell: ({ meanSeconds }) => formatSeconds(meanSeconds),
  },
  {
    id: 'p95',
    head: '95th percentile',
    figures: true,
    descendingFirst: true,
    sort: ({ p95Seconds }) => p95Seconds,
    cell: ({ p95Seconds }) => (p95Seconds === undefined ? 'over 5 min' : `≤ ${formatSeconds(p95Seconds)}`),
  },
];
