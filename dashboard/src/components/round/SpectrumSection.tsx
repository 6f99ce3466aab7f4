'use client';

import { ChartSkeleton } from '#components/charts/ChartSkeleton.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { QueryGate } from '#components/ui/QueryGate.tsx';
import { Skeleton } from '#components/ui/Skeleton.tsx';
import type { SpectrumSummary } from '#lib/spectrum/summariseSpectrum.ts';
import { CHART_HEIGHT, CHIPS_HEIGHT, TAU_HEIGHT } from './chartHeight.ts';
import { EnergyPanel } from './EnergyPanel.tsx';
import { ModuleFocusProvider } from './ModuleFocusProvider.tsx';
import { RankPanel } from './RankPanel.tsx';
import { TauPanel } from './TauPanel.tsx';
import { type SpectrumSource, useSpectrumSummary } from './useSpectrum.ts';
import { useTau } from './useTau.ts';

/** What the round learned, and what another threshold would make of it. */
export function SpectrumSection({ source }: { source: SpectrumSource }) {
  const query = useSpectrumSummary(source);
  return (
    <ModuleFocusProvider>
      <QueryGate query={query} what="the spectrum" loading={<SpectrumSkeleton />}>
        {(summary) => <Loaded source={source} summary={summary} />}
      </QueryGate>
    </ModuleFocusProvider>
  );
}

function Loaded({ source, summary }: { source: SpectrumSource; summary: SpectrumSummary }) {
  const { tau, settledTau, setTau, publishedTau } = useTau(summary);
  return (
    <>
      <div className="grid grid-cols-1 gap-5 xl:grid-cols-[3fr_2fr]">
        <EnergyPanel source={source} summary={summary} />
        <RankPanel source={source} summary={summary} tau={settledTau} />
      </div>
      <TauPanel source={source} summary={summary} tau={tau} publishedTau={publishedTau} onTau={setTau} />
    </>
  );
}

/** Holds the line of a hint that says how much there is. */
const LATER = '\u00a0';

/** The same boxes, while the spectrum comes. */
export function SpectrumSkeleton() {
  return (
    <>
      <div className="grid grid-cols-1 gap-5 xl:grid-cols-[3fr_2fr]">
        <Panel
          title="Energy curve"
          hint={LATER}
          actions={<Skeleton className="h-8 w-64 pointer-coarse:h-10" />}
        >
          <ChartSkeleton height={CHART_HEIGHT + CHIPS_HEIGHT} label="Loading the energy curve" />
        </Panel>
        <Panel
          title="Rank by layer"
          hint={LATER}
          actions={<Skeleton className="h-8 w-52 pointer-coarse:h-10" />}
        >
          <ChartSkeleton height={CHART_HEIGHT + CHIPS_HEIGHT} label="Loading the ranks" />
        </Panel>
      </div>
      <Panel title="τ explorer" hint={LATER} actions={<Skeleton className="h-8 w-12 pointer-coarse:h-10" />}>
        <ChartSkeleton height={TAU_HEIGHT} label="Loading the explorer" />
        <Skeleton className="mt-2 h-94 w-full sm:h-69 lg:h-32 xl:h-24" />
      </Panel>
    </>
  );
}
