'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { FailureState } from '#components/ui/FailureState.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { Skeleton } from '#components/ui/Skeleton.tsx';
import { SkeletonRows } from '#components/ui/SkeletonRows.tsx';
import { useStandingError } from '#components/ui/useStandingError.ts';
import { browserApi } from '#lib/api/browserApi.ts';
import type { Adapter, Round } from '#lib/api/types.ts';
import { queries } from '#lib/queries/queries.ts';
import { useUrlState } from '#lib/url/useUrlState.ts';
import { AdaptersPanel } from './AdaptersPanel.tsx';
import { AwaitedPanel } from './AwaitedPanel.tsx';
import { CollectingTiles } from './CollectingTiles.tsx';
import { FetchPanel } from './FetchPanel.tsx';
import { MethodsPanel } from './MethodsPanel.tsx';
import { RoundActivity } from './RoundActivity.tsx';
import { RoundHeader } from './RoundHeader.tsx';
import { RoundTiles } from './RoundTiles.tsx';
import { SimilarityPanel } from './SimilarityPanel.tsx';
import { SpectrumSection, SpectrumSkeleton } from './SpectrumSection.tsx';
import { SubmissionsPanel } from './SubmissionsPanel.tsx';
import { isTooMany, useSimilarity } from './useSimilarity.ts';
import { viewedAdapter } from './viewedAdapter.ts';

interface RoundViewProps {
  apiUrl: string;
  federation: string;
  round: number;
}

/** Everything about one round, live. */
export function RoundView({ apiUrl, federation, round: number }: RoundViewProps) {
  const query = useQuery(queries.round(browserApi, federation, number));
  const round = query.data;
  const error = useStandingError(query);
  const adapters = useQuery(queries.adapters(browserApi, federation, number));
  const [viewedId, setViewedId] = useUrlState('adapter', '');
  const viewed = viewedAdapter(round, adapters.data, viewedId);
  const source = useMemo(
    () => (viewed === undefined ? undefined : { federation, round: number, adapter: viewed }),
    [federation, number, viewed],
  );

  if (round === undefined) {
    return error !== null ? (
      <div className="rounded-lg border border-line bg-surface">
        <FailureState
          page
          problem={error}
          what={`round ${number}`}
          onRetry={() => void query.refetch()}
          retrying={query.isFetching}
        />
      </div>
    ) : (
      <RoundSkeleton />
    );
  }
  return (
    <>
      <RoundHeader federation={federation} round={round} />
      <Figures federation={federation} round={round} adapter={viewed} />
      <div className="flex flex-col gap-5">
        {source !== undefined ? (
          <SpectrumSection source={source} />
        ) : (
          (round.state === 'aggregating' || round.state === 'published') && <SpectrumSkeleton />
        )}
        <Contributions federation={federation} round={round} />
        {round.state === 'published' && (
          <>
            <MethodsPanel federation={federation} round={number} />
            <AdaptersPanel
              federation={federation}
              round={number}
              adapters={adapters.data ?? (round.adapter === undefined ? [] : [round.adapter])}
              viewed={viewed?.id}
              onView={setViewedId}
            />
          </>
        )}
        <Ending apiUrl={apiUrl} federation={federation} round={number} adapter={viewed} />
      </div>
    </>
  );
}

interface FiguresProps {
  federation: string;
  round: Round;
  adapter: Adapter | undefined;
}

/** What the round's state has figures for; a round that ended without an adapter has none. */
function Figures({ federation, round, adapter }: FiguresProps) {
  switch (round.state) {
    case 'collecting':
      return <CollectingTiles federation={federation} round={round} />;
    case 'aggregating':
    case 'published':
      return <RoundTiles adapter={adapter} />;
    case 'failed':
    case 'cancelled':
      return null;
  }
}

/** One client has nobody to be compared with. */
const COMPARED_MIN = 2;

function Contributions({ federation, round }: { federation: string; round: Round }) {
  const published = round.state === 'published';
  const similarity = useSimilarity(federation, round.number, published);
  const similar = published && round.submissionCount >= COMPARED_MIN && !isTooMany(similarity.error);
  if (round.state === 'collecting') {
    return (
      <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-2">
        <SubmissionsPanel federation={federation} round={round} />
        <AwaitedPanel federation={federation} round={round} />
      </div>
    );
  }
  return (
    <div className={similar ? 'grid grid-cols-1 items-start gap-5 xl:grid-cols-[3fr_2fr]' : undefined}>
      <SubmissionsPanel federation={federation} round={round} />
      {similar && (
        <SimilarityPanel federation={federation} round={round.number} className="xl:sticky xl:top-16" />
      )}
    </div>
  );
}

interface EndingProps extends RoundViewProps {
  adapter: Adapter | undefined;
}

function Ending({ apiUrl, federation, round, adapter }: EndingProps) {
  return adapter === undefined ? (
    <RoundActivity federation={federation} round={round} />
  ) : (
    <div className="grid grid-cols-1 gap-5 xl:grid-cols-2">
      <RoundActivity federation={federation} round={round} />
      <FetchPanel apiUrl={apiUrl} federation={federation} round={round} adapter={adapter} />
    </div>
  );
}

function RoundSkeleton() {
  return (
    <div role="status" aria-label="Loading the round">
      <Skeleton className="mb-3 h-8 w-64" />
      <Skeleton className="mb-5 h-20 w-full" />
      <Panel title="Clients" flush>
        <SkeletonRows label="Loading submissions" />
      </Panel>
    </div>
  );
}
