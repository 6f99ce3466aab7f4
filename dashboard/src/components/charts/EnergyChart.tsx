'use client';

import { useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import { useModuleFocus } from '#components/round/ModuleFocusProvider.tsx';
import type { ExactModule } from '#lib/spectrum/exactModules.ts';
import type { SigmaSamples } from '#lib/spectrum/sampleSigma.ts';
import type { SpectrumSummary } from '#lib/spectrum/summariseSpectrum.ts';
import { Chart, type ChartSize } from './Chart.tsx';
import type { ChartTheme } from './chartTheme.ts';
import { type CurveSet, type CurveView, curveSet } from './curveSet.ts';
import type { EChartsType } from './echarts.ts';
import { energyOption } from './energyOption.ts';
import { energyOverlay } from './energyOverlay.ts';
import { followPointer } from './followPointer.ts';

interface EnergyChartProps {
  summary: SpectrumSummary;
  samples: SigmaSamples | undefined;
  /** The modules drawn bold, with every value. */
  selected: readonly ExactModule[];
  view: CurveView;
  height: number;
  onToggle: (module: string) => void;
}

/** What the listeners on the canvas read; they are attached once, and it changes under them. */
export interface EnergyState {
  curves: CurveSet;
  onToggle: (module: string) => void;
}

/** Cumulative energy, or σ, against the index, for all modules at once. */
export function EnergyChart({ summary, samples, selected, view, height, onToggle }: EnergyChartProps) {
  const focus = useModuleFocus();
  const curves = useMemo(() => curveSet(summary, samples, view), [summary, samples, view]);
  const state = useRef<EnergyState>({ curves, onToggle });
  useLayoutEffect(() => {
    state.current = { curves, onToggle };
  }, [curves, onToggle]);

  const option = useCallback((theme: ChartTheme) => energyOption(theme, curves), [curves]);
  const overlay = useCallback(
    (theme: ChartTheme, size: ChartSize) => energyOverlay(theme, size, curves, selected),
    [curves, selected],
  );
  const attach = useCallback(
    (chart: EChartsType, theme: () => ChartTheme) => followPointer(chart, theme, state, focus),
    [focus],
  );
  const what = view === 'energy' ? 'Cumulative share of the energy' : 'Singular values';
  return (
    <Chart
      label={`${what} against index for ${summary.modules.length} modules; the figures are in the CSV and the table of selected modules`}
      height={height}
      option={option}
      overlay={overlay}
      attach={attach}
    />
  );
}
