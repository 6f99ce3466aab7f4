'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { ChartSkeleton } from '#components/charts/ChartSkeleton.tsx';
import { CsvButton } from '#components/charts/CsvButton.tsx';
import { Bytes } from '#components/ui/Bytes.tsx';
import { type Column, DataTable } from '#components/ui/DataTable.tsx';
import { Exact } from '#components/ui/Exact.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { QueryGate } from '#components/ui/QueryGate.tsx';
import { SkeletonRows } from '#components/ui/SkeletonRows.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import type { MethodCost } from '#lib/api/types.ts';
import { formatTau, METHOD_NAMES } from '#lib/federation/describeMethod.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { formatEfficiency } from '#lib/format/formatEfficiency.ts';
import { formatSeconds } from '#lib/format/formatSeconds.ts';
import { formatShare } from '#lib/format/formatShare.ts';
import { formatSignificant } from '#lib/format/formatSignificant.ts';
import { queries } from '#lib/queries/queries.ts';

const HEIGHT = 340;

const MethodsChart = dynamic(
  () => import('#components/charts/MethodsChart.tsx').then((module) => module.MethodsChart),
  { ssr: false, loading: () => <ChartSkeleton height={HEIGHT} label="Loading the chart" /> },
);

const absent = <span className="text-faint">—</span>;

const nameOf = ({ method, tau }: MethodCost) =>
  tau === undefined ? METHOD_NAMES[method] : `${METHOD_NAMES[method]} τ ${formatTau(tau)}`;

const COLUMNS: readonly Column<MethodCost>[] = [
  {
    id: 'method',
    head: 'Method',
    cell: (cost) => (
      <span className={cost.method === 'florist' ? 'font-semibold' : undefined}>
        <span className="whitespace-nowrap">{nameOf(cost)}</span>
        {cost.note !== undefined && (
          <span className="block max-w-64 min-w-40 text-xs font-normal text-muted">{cost.note}</span>
        )}
      </span>
    ),
  },
  {
    id: 'rank',
    head: 'Total rank',
    figures: true,
    sort: ({ totalRank }) => totalRank,
    cell: ({ totalRank }) => <Exact exact={String(totalRank)}>{formatCount(totalRank)}</Exact>,
  },
  {
    id: 'bytes',
    head: 'Download',
    figures: true,
    sort: ({ bytes }) => bytes,
    cell: ({ bytes }) => <Bytes value={bytes} />,
  },
  {
    id: 'upload',
    head: 'Upload, all clients',
    figures: true,
    sort: ({ uploadBytes }) => uploadBytes,
    cell: ({ uploadBytes }) => <Bytes value={uploadBytes} />,
  },
  {
    id: 'efficiency',
    head: 'Efficiency ×10⁻⁴',
    figures: true,
    descendingFirst: true,
    sort: ({ efficiency }) => efficiency,
    cell: ({ efficiency }) => <Exact exact={String(efficiency)}>{formatEfficiency(efficiency)}</Exact>,
  },
  {
    id: 'error',
    head: 'Error, of ΔW',
    figures: true,
    sort: ({ relativeError }) => relativeError ?? undefined,
    cell: ({ relativeError }) =>
      relativeError === null ? (
        absent
      ) : (
        <Exact exact={String(relativeError)}>{formatShare(relativeError, 2)}</Exact>
      ),
  },
  {
    id: 'flops',
    head: 'Server operations',
    figures: true,
    sort: ({ flops }) => flops,
    cell: ({ flops }) => <Exact exact={String(flops)}>{formatSignificant(flops)}</Exact>,
  },
  {
    id: 'seconds',
    head: 'Measured',
    figures: true,
    sort: ({ seconds }) => seconds,
    cell: ({ seconds }) => (seconds === undefined ? absent : formatSeconds(seconds)),
  },
];

/** About as many as there are methods and thresholds, with their notes. */
const ROWS = 12;

/** The same boxes, while the comparison comes. */
function MethodsSkeleton() {
  return (
    <div className="grid grid-cols-1 xl:grid-cols-[1fr_26rem]">
      <SkeletonRows rows={ROWS} label="Loading the comparison" />
      <div className="border-line p-3 max-xl:border-t xl:border-l">
        <ChartSkeleton height={HEIGHT} label="Loading the chart" />
      </div>
    </div>
  );
}

/** The same round under every method. */
export function MethodsPanel({ federation, round }: { federation: string; round: number }) {
  const query = useQuery(queries.comparison(browserApi, federation, round));
  return (
    <Panel
      title="Methods"
      hint="What each method would send for this round’s submissions, and how far it is from the exact mean."
      flush
      actions={
        <CsvButton
          what="comparison"
          fileName={`${federation}-round-${round}-methods.csv`}
          table={() => ({
            header: [
              'method',
              'tau',
              'totalRank',
              'parameters',
              'bytes',
              'uploadBytes',
              'efficiency',
              'relativeError',
              'flops',
              'seconds',
            ],
            rows: (query.data?.methods ?? []).map((cost) => [
              ...[cost.method, cost.tau, cost.totalRank, cost.parameters, cost.bytes],
              ...[cost.uploadBytes, cost.efficiency, cost.relativeError, cost.flops, cost.seconds],
            ]),
          })}
        />
      }
    >
      <QueryGate query={query} what="the comparison" loading={<MethodsSkeleton />}>
        {({ methods }) => (
          <div className="grid grid-cols-1 xl:grid-cols-[1fr_26rem]">
            <div className="min-w-0">
              <DataTable
                label="Methods"
                rows={methods}
                rowKey={nameOf}
                columns={COLUMNS}
                sortName="methods"
              />
            </div>
            <div className="border-line p-3 max-xl:border-t xl:border-l">
              <MethodsChart methods={methods} nameOf={nameOf} height={HEIGHT} />
            </div>
          </div>
        )}
      </QueryGate>
    </Panel>
  );
}
