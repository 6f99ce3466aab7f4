'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { ChartSkeleton } from '#components/charts/ChartSkeleton.tsx';
import { CsvButton } from '#components/charts/CsvButton.tsx';
import type { Metric } from '#components/charts/TrendChart.tsx';
import { SHARE_STEP, secondsStep } from '#components/charts/trendAxes.ts';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { QueryGate } from '#components/ui/QueryGate.tsx';
import { fetchView } from '#lib/api/fetchView.ts';
import type { TrendPoint } from '#lib/federation/toTrend.ts';
import { formatBytes } from '#lib/format/formatBytes.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { formatSeconds } from '#lib/format/formatSeconds.ts';
import { formatShare } from '#lib/format/formatShare.ts';
import { keys } from '#lib/queries/keys.ts';

const HEIGHT = 168;

const TrendChart = dynamic(
  () => import('#components/charts/TrendChart.tsx').then((module) => module.TrendChart),
  {
    ssr: false,
    loading: () => <ChartSkeleton height={HEIGHT} label="Loading the chart" />,
  },
);

const METRICS: readonly Metric[] = [
  {
    id: 'rank',
    title: 'Total rank',
    value: ({ totalRank }) => totalRank,
    format: formatCount,
    step: () => 1,
    fromZero: true,
  },
  {
    id: 'energy',
    title: 'Energy kept',
    value: ({ energyKept }) => energyKept,
    format: (share) => formatShare(share),
    step: () => SHARE_STEP,
    fromZero: false,
  },
  {
    id: 'bytes',
    title: 'Download',
    value: ({ bytes }) => bytes,
    format: formatBytes,
    step: () => 1,
    fromZero: true,
  },
  {
    id: 'seconds',
    title: 'Aggregation',
    value: ({ seconds }) => seconds,
    format: formatSeconds,
    step: secondsStep,
    fromZero: true,
  },
];

/** How rounds develop: is the update growing, and what does it cost? */
export function TrendPanel({ federation }: { federation: string }) {
  const query = useQuery({
    queryKey: keys.trend(federation),
    queryFn: ({ signal }) => fetchView<TrendPoint[]>(`/views/federations/${federation}/trend`, signal),
  });
  const points = query.data ?? [];
  return (
    <Panel
      title="Trend"
      hint="Published rounds; select a point to open its round."
      actions={
        points.length > 0 && (
          <CsvButton
            what="trend"
            fileName={`${federation}-trend.csv`}
            table={() => ({
              header: Object.keys(points[0] ?? {}),
              rows: points.map((point) => Object.values(point)),
            })}
          />
        )
      }
    >
      <QueryGate
        query={query}
        what="the trend"
        loading={<ChartSkeleton height={HEIGHT} label="Loading the trend" />}
      >
        {(data) =>
          data.length === 0 ? (
            <EmptyState title="No published round yet">
              Rank, energy, size and time of each round are drawn here once the first is published.
            </EmptyState>
          ) : (
            <div className="grid grid-cols-1 gap-x-6 gap-y-4 sm:grid-cols-2 xl:grid-cols-4">
              {METRICS.map((metric) => (
                <TrendChart key={metric.id} federation={federation} points={data} metric={metric} />
              ))}
            </div>
          )
        }
      </QueryGate>
    </Panel>
  );
}
