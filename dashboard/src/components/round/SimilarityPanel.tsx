'use client';

import dynamic from 'next/dynamic';
import { useMemo } from 'react';
import { ChartSkeleton } from '#components/charts/ChartSkeleton.tsx';
import { CsvButton } from '#components/charts/CsvButton.tsx';
import { Notice } from '#components/ui/Notice.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { QueryGate } from '#components/ui/QueryGate.tsx';
import { findOutliers } from '#lib/similarity/findOutliers.ts';
import { useSimilarity } from './useSimilarity.ts';

const HEIGHT = 320;

const SimilarityHeatmap = dynamic(
  () => import('#components/charts/SimilarityHeatmap.tsx').then((module) => module.SimilarityHeatmap),
  { ssr: false, loading: () => <ChartSkeleton height={HEIGHT} label="Loading the map" /> },
);

/** Which updates agree, and which stand apart. */
export function SimilarityPanel({ federation, round }: { federation: string; round: number }) {
  const query = useSimilarity(federation, round, true);
  const outliers = useMemo(() => (query.data ? findOutliers(query.data) : []), [query.data]);
  const names = useMemo(() => new Set(outliers.map(({ client }) => client)), [outliers]);
  return (
    <Panel
      title="Similarity of updates"
      hint={
        query.data && query.data.shown.length < query.data.clients.length
          ? `the ${query.data.shown.length} of ${query.data.clients.length} clients furthest from the mean`
          : 'cosine of each pair; ▲ stands apart'
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
            {outliers.length > 0 && (
              <Notice
                tone="warn"
                title={
                  outliers.length === 1 ? 'One client stands apart' : `${outliers.length} clients stand apart`
                }
                className="mt-3"
              >
                <ul className="list-disc pl-4">
                  {outliers.slice(0, 5).map(({ client, reason }) => (
                    <li key={client}>
                      <span className="font-medium text-text">{client}</span>: {reason}
                    </li>
                  ))}
                </ul>
              </Notice>
            )}
          </>
        )}
      </QueryGate>
    </Panel>
  );
}
