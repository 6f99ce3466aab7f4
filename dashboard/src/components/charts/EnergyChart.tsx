'use client';

import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useFocusedModule, useModuleFocus } from '#components/round/ModuleFocusProvider.tsx';
import { formatSignificant, superscript } from '#lib/format/formatSignificant.ts';
import type { ExactModule } from '#lib/spectrum/exactModules.ts';
import { nearestCurve } from '#lib/spectrum/nearestCurve.ts';
import { DECADE_SCALE, type SigmaSamples } from '#lib/spectrum/sampleSigma.ts';
import { SHARE_SCALE, type SpectrumSummary } from '#lib/spectrum/summariseSpectrum.ts';
import { axis } from './axes.ts';
import { Chart } from './Chart.tsx';
import type { ChartTheme } from './chartTheme.ts';
import type { EChartsType } from './echarts.ts';
import { energyOverlay } from './energyOverlay.ts';
import { floatingTip } from './floatingTip.ts';
import { tooltipContent } from './tooltipContent.ts';

/** How near the pointer must come to a curve, in pixels. */
const REACH_PX = 18;

/** Decades of σ on view; what lies under is rounding. */
const DECADES = 5;

export type CurveView = 'energy' | 'sigma';

interface EnergyChartProps {
  summary: SpectrumSummary;
  samples: SigmaSamples | undefined;
  /** The modules drawn bold, with every value. */
  selected: readonly ExactModule[];
  view: CurveView;
  height: number;
  onToggle: (module: string) => void;
}

/** Cumulative energy, or σ, against the index, for all modules at once. */
export function EnergyChart({ summary, samples, selected, view, height, onToggle }: EnergyChartProps) {
  const focus = useModuleFocus();
  const focused = useFocusedModule();
  const value = useCallback(
    (module: number, at: number) => valueAt(summary, samples, view, module, at),
    [summary, samples, view],
  );
  const decade = Math.ceil(Math.log10(samples?.largest || 1));
  const lines = useMemo(() => flatLines(summary, value), [summary, value]);

  const option = useCallback(
    (theme: ChartTheme) => ({
      grid: { left: 46, right: 14, top: 12, bottom: 36 },
      xAxis: {
        ...axis(theme, 'index i of the singular value (log)', 22),
        type: 'log',
        min: 1,
        max: Math.max(2, summary.grid.at(-1) ?? 2),
        axisLabel: {
          ...axis(theme, '', 0).axisLabel,
          formatter: (index: number) => String(Math.round(index)),
        },
      },
      yAxis:
        view === 'energy'
          ? { ...axis(theme, 'cumulative share of the energy', 34), type: 'value', min: 0, max: 1 }
          : {
              ...axis(theme, 'σ (log)', 34),
              type: 'log',
              max: 10 ** decade,
              min: 10 ** (decade - DECADES),
              axisLabel: {
                ...axis(theme, '', 0).axisLabel,
                formatter: (sigma: number) => `10${superscript(Math.round(Math.log10(sigma)))}`,
              },
            },
      series: [
        {
          id: 'all',
          type: 'lines',
          coordinateSystem: 'cartesian2d',
          polyline: true,
          large: true,
          silent: true,
          clip: true,
          data: lines,
          lineStyle: {
            color: theme.chartLine,
            width: 1,
            opacity: summary.modules.length > 100 ? 0.16 : 0.35,
          },
          z: 1,
        },
        {
          id: 'tau',
          type: 'line',
          data: [],
          markLine: {
            silent: true,
            symbol: 'none',
            animation: false,
            lineStyle: { color: theme.accent, type: 'dashed', width: 1 },
            label: { color: theme.accent, position: 'insideStartTop', formatter: `τ ${summary.tau}` },
            data: view === 'energy' && summary.tau !== undefined ? [{ yAxis: summary.tau }] : [],
          },
        },
      ],
    }),
    [summary, decade, view, lines],
  );

  const overlay = useCallback(
    (theme: ChartTheme) => energyOverlay({ theme, summary, selected, focused, view, value }),
    [summary, selected, focused, view, value],
  );

  // the listener below is attached once, so what it reads must stay current without attaching it again
  const current = useRef({ summary, value, samples, view, onToggle });
  useEffect(() => {
    current.current = { summary, value, samples, view, onToggle };
  }, [summary, value, samples, view, onToggle]);

  const attach = useCallback(
    (chart: EChartsType) => {
      const canvas = chart.getZr();
      const tip = floatingTip(chart.getDom());
      const find = (x: number, y: number) => {
        const { summary: now, value: valueNow, view: viewNow } = current.current;
        if (!chart.containPixel('grid', [x, y])) {
          return undefined;
        }
        const [index = 1, at = 0] = chart.convertFromPixel('grid', [x, y]) as number[];
        const [, near = 0] = chart.convertFromPixel('grid', [x, y - REACH_PX]) as number[];
        const scale = (number: number) => (viewNow === 'energy' ? number : Math.log(number));
        return nearestCurve(
          now.modules,
          now.grid,
          index,
          scale(at),
          Math.abs(scale(near) - scale(at)),
          (m, i) => {
            const found = valueNow(m, i);
            return found === undefined ? undefined : scale(found);
          },
        );
      };
      const move = ({ offsetX, offsetY }: { offsetX: number; offsetY: number }) => {
        const point = find(offsetX, offsetY);
        focus.set(point?.module.name);
        if (point === undefined) {
          tip.hide();
          return;
        }
        const { summary: now, samples: sampled } = current.current;
        tip.show(offsetX, offsetY, describe(now, sampled, point.module.name, point.at));
      };
      const leave = () => {
        focus.set(undefined);
        tip.hide();
      };
      const click = ({ offsetX, offsetY }: { offsetX: number; offsetY: number }) => {
        const point = find(offsetX, offsetY);
        if (point !== undefined) {
          current.current.onToggle(point.module.name);
        }
      };
      canvas.on('mousemove', move);
      canvas.on('globalout', leave);
      canvas.on('click', click);
      return () => {
        tip.remove();
        canvas.off('mousemove', move);
        canvas.off('globalout', leave);
        canvas.off('click', click);
      };
    },
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

function valueAt(
  summary: SpectrumSummary,
  samples: SigmaSamples | undefined,
  view: CurveView,
  module: number,
  at: number,
): number | undefined {
  if (view === 'energy') {
    const share = summary.modules[module]?.curve[at];
    return share === undefined ? undefined : share / SHARE_SCALE;
  }
  const log = samples?.modules[module]?.logs[at];
  return log === undefined || samples === undefined
    ? undefined
    : samples.largest * 10 ** (log / DECADE_SCALE);
}

/** All curves in the flat form that ECharts draws in one go: a count, then that many pairs, and so on. */
function flatLines(
  summary: SpectrumSummary,
  value: (module: number, at: number) => number | undefined,
): Float64Array {
  const flat: number[] = [];
  for (const number of summary.modules.keys()) {
    const start = flat.length;
    flat.push(0);
    for (const [at, index] of summary.grid.entries()) {
      const y = value(number, at);
      if (y !== undefined) {
        flat.push(index, y);
      }
    }
    flat[start] = (flat.length - start - 1) / 2;
  }
  return Float64Array.from(flat);
}

function describe(
  summary: SpectrumSummary,
  samples: SigmaSamples | undefined,
  name: string,
  at: number,
): HTMLElement {
  const number = summary.modules.findIndex((module) => module.name === name);
  const module = summary.modules[number];
  const share = valueAt(summary, samples, 'energy', number, at) ?? 0;
  const sigma = valueAt(summary, samples, 'sigma', number, at);
  return tooltipContent(name, [
    ['index i', String(summary.grid[at])],
    ['σ_i', sigma === undefined ? '…' : formatSignificant(sigma)],
    ['cumulative share', `${(share * 100).toFixed(2)} %`],
    ['published rank p', `${module?.rank} of ${module?.length}`],
  ]);
}
