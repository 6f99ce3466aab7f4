import type { EChartsCoreOption } from 'echarts/core';
import { formatTau } from '#lib/federation/describeMethod.ts';
import { superscript } from '#lib/format/formatSignificant.ts';
import { axis, EXACT } from './axes.ts';
import type { ChartTheme } from './chartTheme.ts';
import type { CurveSet } from './curveSet.ts';
import { ENERGY_MARGIN, lastIndex } from './energyPlot.ts';

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
          // at the end under the line is the one place that no curve passes
          label: { color: theme.accent, position: 'insideEndBottom' },
          data:
            view === 'energy' && tau !== undefined
              ? [{ yAxis: tau, label: { formatter: `τ ${formatTau(tau)}` } }]
              : [],
        },
      },
    ],
  };
}
