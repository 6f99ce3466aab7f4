'use client';

import { useCallback } from 'react';
import type { MethodCost } from '#lib/api/types.ts';
import { formatBytes } from '#lib/format/formatBytes.ts';
import { formatShare } from '#lib/format/formatShare.ts';
import { axis, EXACT, tooltip } from './axes.ts';
import { Chart } from './Chart.tsx';
import type { ChartTheme } from './chartTheme.ts';
import { tooltipContent } from './tooltipContent.ts';

const SYMBOLS = ['rect', 'triangle', 'diamond', 'roundRect'];

interface MethodsChartProps {
  methods: readonly MethodCost[];
  nameOf: (cost: MethodCost) => string;
  height: number;
}

/** Error against download: down and to the left is better. */
export function MethodsChart({ methods, nameOf, height }: MethodsChartProps) {
  const option = useCallback(
    (theme: ChartTheme) => {
      const known = methods.filter(({ relativeError }) => relativeError !== null);
      const others = [...new Set(known.map(({ method }) => method))].filter((method) => method !== 'florist');
      return {
        grid: { ...EXACT, left: 64, right: 64, top: 12, bottom: 38 },
        xAxis: {
          ...axis(theme, 'download (log)', 24),
          type: 'log',
          axisLabel: { ...axis(theme, '', 0).axisLabel, formatter: formatBytes },
        },
        yAxis: {
          ...axis(theme, 'error, of ‖ΔW‖', 40),
          type: 'value',
          min: 0,
          axisLabel: { ...axis(theme, '', 0).axisLabel, formatter: (share: number) => formatShare(share, 0) },
        },
        tooltip: {
          ...tooltip(theme),
          trigger: 'item',
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const cost = known[dataIndex];
            return cost === undefined
              ? ''
              : tooltipContent(nameOf(cost), [
                  ['download', formatBytes(cost.bytes)],
                  ['error', formatShare(cost.relativeError ?? 0, 2)],
                  ['total rank', String(cost.totalRank)],
                ]);
          },
        },
        series: [
          {
            type: 'scatter',
            data: known.map((cost) => ({
              value: [cost.bytes, cost.relativeError],
              name: nameOf(cost),
              symbol:
                cost.method === 'florist' ? 'circle' : SYMBOLS[others.indexOf(cost.method) % SYMBOLS.length],
              itemStyle: { color: cost.method === 'florist' ? theme.accent : theme.chartLine },
              label: { formatter: cost.tau === undefined ? nameOf(cost) : `τ ${cost.tau}` },
            })),
            symbolSize: 11,
            label: { show: true, position: 'right', color: theme.muted, fontSize: 11 },
          },
        ],
      };
    },
    [methods, nameOf],
  );
  return (
    <Chart
      label="Error of each method against its download; the figures are in the table beside it"
      height={height}
      option={option}
    />
  );
}
