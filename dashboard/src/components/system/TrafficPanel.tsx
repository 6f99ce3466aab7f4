'use client';

import { type Column, DataTable } from '#components/ui/DataTable.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { formatBytes } from '#lib/format/formatBytes.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { formatSeconds } from '#lib/format/formatSeconds.ts';
import type { RouteTraffic, Traffic } from '#lib/system/traffic.ts';

/** What the api was asked, and how quickly it answered. */
export function TrafficPanel({ traffic }: { traffic: Traffic }) {
  const ended = (outcome: string) =>
    formatCount(traffic.submissions.find((submission) => submission.outcome === outcome)?.count ?? 0);
  return (
    <Panel
      title="Requests to the api"
      hint={`Since it started: ${ended('accepted')} submissions accepted, ${ended('refused')} refused, ${formatBytes(traffic.uploadBytes)} received; ${formatCount(traffic.eventStreams)} event streams open.`}
      flush
    >
      <DataTable
        label="Requests"
        rows={traffic.routes}
        rowKey={({ method, route }) => `${method} ${route}`}
        columns={ROUTES}
        sortName="sort"
        pageSize={15}
      />
    </Panel>
  );
}

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
