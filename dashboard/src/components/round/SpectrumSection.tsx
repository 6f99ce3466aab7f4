'use client';

import { ChartSkeleton } from '#components/charts/ChartSkeleton.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import { QueryGate } from '#components/ui/QueryGate.tsx';
import type { SpectrumSummary } from '#lib/spectrum/summariseSpectrum.ts';
import { CHART_HEIGHT } from './chartHeight.ts';
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

/** The same boxes, while the spectrum comes. */
export function SpectrumSkeleton() {
  return (
    <>
      <div className="grid grid-cols-1 gap-5 xl:grid-cols-[3fr_2fr]">
        <Panel title="Energy curve">
          <ChartSkeleton height={CHART_HEIGHT + 84} label="Loading the energy curve" />
        </Panel>
        <Panel title="Rank by layer">
          <ChartSkeleton height={CHART_HEIGHT + 84} label="Loading the ranks" />
        </Panel>
      </div>
      <Panel title="τ explorer">
        <ChartSkeleton height={CHART_HEIGHT} label="Loading the explorer" />
      </Panel>
    </>
  );
}
