'use client';

import dynamic from 'next/dynamic';
import { useMemo } from 'react';
import { ChartSkeleton } from '#components/charts/ChartSkeleton.tsx';
import { CsvButton } from '#components/charts/CsvButton.tsx';
import { Notice } from '#components/ui/Notice.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { QueryGate } from '#components/ui/QueryGate.tsx';
import { formatCount } from '#lib/format/formatCount.ts';
import { findOutliers, type Outlier } from '#lib/similarity/findOutliers.ts';
import { useSimilarity } from './useSimilarity.ts';

const HEIGHT = 320;

const SimilarityHeatmap = dynamic(
  () => import('#components/charts/SimilarityHeatmap.tsx').then((module) => module.SimilarityHeatmap),
  { ssr: false, loading: () => <ChartSkeleton height={HEIGHT} label="Loading the map" /> },
);

interface SimilarityPanelProps {
  federation: string;
  round: number;
  className?: string;
}

/** Which updates agree, and which stand apart. */
export function SimilarityPanel({ federation, round, className }: SimilarityPanelProps) {
  const query = useSimilarity(federation, round, true);
  const outliers = useMemo(() => (query.data ? findOutliers(query.data) : []), [query.data]);
  const names = useMemo(() => new Set(outliers.map(({ client }) => client)), [outliers]);
  return (
    <Panel
      title="Similarity of updates"
      className={className}
      hint={
        query.data && query.data.shown.length < query.data.clients.length
          ? `the ${query.data.shown.length} of ${query.data.clients.length} clients furthest from the mean`
          : outliers.length > 0
            ? 'cosine of each pair; ▲ stands apart'
            : 'cosine of each pair'
      }
      actions={
        <CsvButton
          what="similarity"
          fileName={`${federation}-round-${round}-similarity.csv`}
          table={() => ({
            header: ['client', ...(query.data?.shown ?? [])],
            rows: (query.data?.shown ?? []).map((client, row) => [
              client,
              ...(query.data?.cosine[row] ?? []),
            ]),
          })}
        />
      }
    >
      <QueryGate
        query={query}
        what="the similarity of updates"
        loading={<ChartSkeleton height={HEIGHT} label="Loading the similarity of updates" />}
      >
        {(similarity) => (
          <>
            <SimilarityHeatmap similarity={similarity} outliers={names} height={HEIGHT} />
            {outliers.length > 0 && <Apart outliers={outliers} />}
          </>
        )}
      </QueryGate>
    </Panel>
  );
}

/** As many as can be read at a glance. */
const NAMED_MAX = 5;

/** Only an update that points against the others is a warning: those that differ are what a federation is for. */
function Apart({ outliers }: { outliers: readonly Outlier[] }) {
  const gravestFirst = outliers.toSorted((a, b) => Number(b.against) - Number(a.against));
  const more = outliers.length - NAMED_MAX;
  return (
    <Notice
      tone={outliers.some(({ against }) => against) ? 'warn' : 'info'}
      title={
        outliers.length === 1
          ? 'One client stands apart'
          : `${formatCount(outliers.length)} clients stand apart`
      }
      className="mt-3"
    >
      <ul className="list-disc pl-4">
        {gravestFirst.slice(0, NAMED_MAX).map(({ client, reason }) => (
          <li key={client}>
            <span className="font-medium break-all text-text">{client}</span>: {reason}
          </li>
        ))}
      </ul>
      {more > 0 && <p>and {formatCount(more)} more</p>}
    </Notice>
  );
}
