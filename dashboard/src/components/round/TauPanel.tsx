'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { Slider } from 'radix-ui';
import { useDeferredValue, useMemo } from 'react';
import { ChartSkeleton } from '#components/charts/ChartSkeleton.tsx';
import { CsvButton } from '#components/charts/CsvButton.tsx';
import { PLOT } from '#components/charts/tauPlot.ts';
import { controlClasses } from '#components/ui/controlClasses.ts';
import { Panel } from '#components/ui/Panel.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import { METHOD_NAMES } from '#lib/federation/describeMethod.ts';
import { DTYPE_BYTES } from '#lib/federation/dtypeBytes.ts';
import { queries } from '#lib/queries/queries.ts';
import type { SpectrumSummary } from '#lib/spectrum/summariseSpectrum.ts';
import { TAU_GRID, TAU_MAX, TAU_MIN, TAU_STEP, tauIndex } from '#lib/spectrum/tauGrid.ts';
import { TAU_HEIGHT } from './chartHeight.ts';
import { PublishAtTau } from './PublishAtTau.tsx';
import { TauFigures } from './TauFigures.tsx';
import type { SpectrumSource } from './useSpectrum.ts';

const THUMB_HALF = 8; // pixels

const TauChart = dynamic(() => import('#components/charts/TauChart.tsx').then((module) => module.TauChart), {
  ssr: false,
  loading: () => <ChartSkeleton height={TAU_HEIGHT} label="Loading the chart" />,
});

interface TauPanelProps {
  source: SpectrumSource;
  summary: SpectrumSummary;
  tau: number;
  publishedTau: number | undefined;
  onTau: (tau: number) => void;
}

/** What each threshold would publish, at once, from the spectrum alone. */
export function TauPanel({ source, summary, tau, publishedTau, onTau }: TauPanelProps) {
  const query = useQuery(queries.comparison(browserApi, source.federation, source.round));
  const drawn = useDeferredValue(tau);
  const bytesPerElement = DTYPE_BYTES[source.adapter.aggregation.dtype];
  const stacked = useMemo(
    () => summary.modules.reduce((sum, { stackedRank }) => sum + stackedRank, 0),
    [summary],
  );
  const baselines = useMemo(() => {
    const others = query.data?.methods.filter(({ method }) => method !== 'florist');
    return others === undefined
      ? [{ name: METHOD_NAMES.flora, totalRank: stacked }]
      : others.map(({ method, totalRank }) => ({ name: METHOD_NAMES[method], totalRank }));
  }, [query.data, stacked]);
  const { exploration } = summary;
  const at = tauIndex(tau);
  const totals = {
    totalRank: exploration.totalRank[at] ?? 0,
    parameters: exploration.parameters[at] ?? 0,
    energyKept: exploration.energyKept[at] ?? 0,
  };

  return (
    <Panel
      title="τ explorer"
      hint="Computed from the spectrum; nothing is published until you say so. ◇ marks the adapter on view."
      actions={
        <CsvButton
          what="totals at every τ"
          fileName={`${source.federation}-round-${source.round}-tau.csv`}
          table={() => ({
            header: ['tau', 'totalRank', 'parameters', 'tensorBytes', 'energyKept', 'relativeError'],
            rows: TAU_GRID.map((value, index) => {
              const kept = exploration.energyKept[index] ?? 0;
              const parameters = exploration.parameters[index] ?? 0;
              return [
                ...[value, exploration.totalRank[index], parameters, parameters * bytesPerElement],
                ...[kept, Math.sqrt(Math.max(0, 1 - kept))],
              ];
            }),
          })}
        />
      }
    >
      <TauChart
        exploration={exploration}
        baselines={baselines}
        tau={drawn}
        publishedTau={publishedTau}
        height={TAU_HEIGHT}
        onTau={onTau}
      />
      {/* level with the axis above, so that the thumb stands under its line */}
      <div style={{ paddingLeft: PLOT.left - THUMB_HALF, paddingRight: PLOT.right - THUMB_HALF }}>
        <TauSlider tau={tau} onTau={onTau} />
      </div>
      <TauFigures
        controls={
          <>
            <label className="flex items-center gap-2 text-[13px]">
              τ
              <input
                type="number"
                min={TAU_MIN}
                max={TAU_MAX}
                step={TAU_STEP}
                value={tau}
                onChange={(event) => event.target.value !== '' && onTau(Number(event.target.value))}
                className={controlClasses('figures w-24')}
              />
            </label>
            <PublishAtTau source={source} tau={tau} totals={totals} />
          </>
        }
        totals={totals}
        bytesPerElement={bytesPerElement}
        published={summary.published}
        comparison={query.data}
        stackedRank={stacked}
      />
    </Panel>
  );
}

function TauSlider({ tau, onTau }: { tau: number; onTau: (tau: number) => void }) {
  return (
    <Slider.Root
      min={TAU_MIN}
      max={TAU_MAX}
      step={TAU_STEP}
      value={[tau]}
      onValueChange={([next]) => next !== undefined && onTau(TAU_GRID[tauIndex(next)] ?? next)}
      className="relative flex h-6 flex-1 touch-none items-center select-none pointer-coarse:h-10"
    >
      <Slider.Track className="relative h-1 flex-1 rounded-full bg-line">
        <Slider.Range className="absolute h-full rounded-full bg-accent" />
      </Slider.Track>
      <Slider.Thumb
        aria-label="τ"
        className="block size-4 rounded-full border-2 border-accent bg-surface pointer-coarse:size-6"
      />
    </Slider.Root>
  );
}
