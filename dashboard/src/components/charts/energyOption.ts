import type { EChartsCoreOption } from 'echarts/core';
import { superscript } from '#lib/format/formatSignificant.ts';
import { axis, EXACT } from './axes.ts';
import type { ChartTheme } from './chartTheme.ts';
import type { CurveSet } from './curveSet.ts';

/** Pixels around the plot. */
export const ENERGY_MARGIN = { left: 54, right: 14, top: 12, bottom: 36 } as const;

/** The axes of the energy curve, and τ. */
export function energyOption(theme: ChartTheme, { view, tau, grid, low, high }: CurveSet): EChartsCoreOption {
  const labels = axis(theme, '', 0).axisLabel;
  return {
    grid: { ...EXACT, ...ENERGY_MARGIN },
    xAxis: {
      ...axis(theme, 'index i of the singular value (log)', 22),
      type: 'log',
      min: 1,
      max: lastIndex(grid),
      axisLabel: { ...labels, formatter: (index: number) => String(Math.round(index)) },
    },
    yAxis:
      view === 'energy'
        ? { ...axis(theme, 'cumulative share of the energy', 34), type: 'value', min: low, max: high }
        : {
            ...axis(theme, 'σ (log)', 34),
            type: 'log',
            min: low,
            max: high,
            axisLabel: {
              ...labels,
              formatter: (sigma: number) => `10${superscript(Math.round(Math.log10(sigma)))}`,
            },
          },
    series: [
      {
        id: 'tau',
        type: 'line',
        data: [],
        markLine: {
          silent: true,
          symbol: 'none',
          animation: false,
          lineStyle: { color: theme.accent, type: 'dashed', width: 1 },
          label: { color: theme.accent, position: 'insideStartTop', formatter: `τ ${tau}` },
          data: view === 'energy' && tau !== undefined ? [{ yAxis: tau }] : [],
        },
      },
    ],
  };
}

/** Where the axis of indices ends; it has to be longer than a point. */
export function lastIndex(grid: readonly number[]): number {
  return Math.max(2, grid.at(-1) ?? 2);
}
