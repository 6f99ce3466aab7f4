'use client';

import dynamic from 'next/dynamic';
import { memo, useMemo } from 'react';
import { ChartSkeleton } from '#components/charts/ChartSkeleton.tsx';
import { CsvButton } from '#components/charts/CsvButton.tsx';
import { controlClasses } from '#components/ui/controlClasses.ts';
import { Panel } from '#components/ui/Panel.tsx';
import { Segments } from '#components/ui/Segments.tsx';
import { formatTau } from '#lib/federation/describeMethod.ts';
import { moduleGrid } from '#lib/modules/moduleGrid.ts';
import { ranksFromTable } from '#lib/spectrum/rankTable.ts';
import type { SpectrumSummary } from '#lib/spectrum/summariseSpectrum.ts';
import { tauIndex } from '#lib/spectrum/tauGrid.ts';
import { useUrlState } from '#lib/url/useUrlState.ts';
import { CHART_HEIGHT, CHIPS_HEIGHT } from './chartHeight.ts';
import { useSelectedModules } from './useSelectedModules.ts';
import { type SpectrumSource, useRankTable, useSigmaSamples } from './useSpectrum.ts';

const HEIGHT = CHART_HEIGHT + CHIPS_HEIGHT;
const loading = () => <ChartSkeleton height={HEIGHT} label="Loading the map" />;

const RankHeatmap = dynamic(
  () => import('#components/charts/RankHeatmap.tsx').then((module) => module.RankHeatmap),
  { ssr: false, loading },
);
const SigmaHeatmap = dynamic(
  () => import('#components/charts/SigmaHeatmap.tsx').then((module) => module.SigmaHeatmap),
  { ssr: false, loading },
);

const VIEWS = [
  { value: 'rank', label: 'Rank' },
  { value: 'sigma', label: 'σ by index' },
] as const;

interface RankPanelProps {
  source: SpectrumSource;
  summary: SpectrumSummary;
  /** The τ of the explorer; where it differs from the adapter's, its ranks are mapped. */
  tau: number;
}

/** Which layers and projections take the rank. */
export const RankPanel = memo(function RankPanel({ source, summary, tau }: RankPanelProps) {
  const [view, setView] = useUrlState('map', 'rank');
  const { toggle } = useSelectedModules(summary.modules);
  const exploring = summary.tau === undefined ? false : Math.abs(tau - summary.tau) > 5e-4;
  const { data: table } = useRankTable(source, exploring);
  const samples = useSigmaSamples(source, true);
  const published = useMemo(() => summary.modules.map(({ rank }) => rank), [summary]);
  const ranks = useMemo(
    () => (exploring && table !== undefined ? ranksFromTable(table, tauIndex(tau)) : published),
    [exploring, table, tau, published],
  );

  const { paths, projections } = useMemo(
    () => moduleGrid(summary.modules.map(({ name }) => name)),
    [summary],
  );
  const [projection, setProjection] = useUrlState('projection', paths[0] ?? '');
  return (
    <Panel
      title={view === 'sigma' ? 'σ by layer' : 'Rank by layer'}
      hint={hintOf(view, exploring ? tau : undefined)}
      actions={
        <>
          {view === 'sigma' && (
            <select
              aria-label="Projection"
              value={projection}
              onChange={(event) => setProjection(event.target.value)}
              className={controlClasses('w-36')}
            >
              {paths.map((path, at) => (
                <option key={path} value={path}>
                  {projections[at]}
                </option>
              ))}
            </select>
          )}
          <Segments
            label="What the map shows"
            value={view === 'sigma' ? 'sigma' : 'rank'}
            onChange={setView}
            choices={VIEWS}
          />
          <CsvButton
            what="ranks"
            fileName={`${source.federation}-round-${source.round}-ranks.csv`}
            table={() => ({
              header: ['module', 'rank', 'stackedRank', 'm', 'n', 'energy', 'energyKept'],
              rows: summary.modules.map((module, at) => [
                ...[module.name, ranks[at], module.stackedRank],
                ...[module.shape[0], module.shape[1], module.energy, module.energyKept],
              ]),
            })}
          />
        </>
      }
    >
      {view === 'sigma' ? (
        samples.data === undefined ? (
          loading()
        ) : (
          <SigmaHeatmap samples={samples.data} projection={projection} height={HEIGHT} />
        )
      ) : (
        <RankHeatmap summary={summary} ranks={ranks} height={HEIGHT} onToggle={toggle} />
      )}
    </Panel>
  );
});

function hintOf(view: string, tau: number | undefined): string {
  if (view === 'sigma') {
    return 'log shades; point at a row to light its curve';
  }
  return tau === undefined
    ? 'as published; point at a cell to light its curve'
    : `as τ ${formatTau(tau)} would publish it`;
}
