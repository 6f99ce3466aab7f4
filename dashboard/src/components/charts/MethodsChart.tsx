'use client';

import { useCallback, useMemo } from 'react';
import type { Method, MethodCost } from '#lib/api/types.ts';
import { formatTau } from '#lib/federation/describeMethod.ts';
import { formatBytes } from '#lib/format/formatBytes.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { formatShare } from '#lib/format/formatShare.ts';
import { axis, EXACT, tooltip } from './axes.ts';
import { Chart, type ChartSize } from './Chart.tsx';
import type { ChartTheme } from './chartTheme.ts';
import { type KnownCost, type MethodMark, methodAxes, methodMarks } from './methodMarks.ts';
import { type Place, placeLabels } from './placeLabels.ts';
import { tooltipContent } from './tooltipContent.ts';

/** Pixels around the plot. */
const MARGIN = { left: 64, right: 24, top: 12, bottom: 38 } as const;

const SYMBOLS: Readonly<Record<Method, string>> = {
  florist: 'circle',
  fedit: 'rect',
  'ffa-lora': 'triangle',
  flora: 'roundRect',
  flexlora: 'diamond',
};

/** FLoRIST's marks run down to the right, so that left and right of them is the most room. */
const BESIDE: readonly Place[] = (['right', 'left', 'top', 'bottom'] as const).map((position) => ({
  position,
  offset: [0, 0],
}));

interface MethodsChartProps {
  methods: readonly MethodCost[];
  nameOf: (cost: MethodCost) => string;
  height: number;
}

/** Error against download: down and to the left is better. */
export function MethodsChart({ methods, nameOf, height }: MethodsChartProps) {
  const known = useMemo(() => methods.filter(isKnown), [methods]);
  const option = useCallback(
    (theme: ChartTheme, size: ChartSize) => {
      const axes = methodAxes(known);
      const plot = {
        ...{ left: MARGIN.left, width: size.width - MARGIN.left - MARGIN.right },
        ...{ top: MARGIN.top, height: size.height - MARGIN.top - MARGIN.bottom },
      };
      const marks = methodMarks(known, axes, plot);
      const texts = marks.map((mark) => labelOf(mark, nameOf));
      const places = placeLabels(
        marks.map(({ x, y }, at) => ({ x, y, text: texts[at] ?? '' })),
        BESIDE,
        { left: plot.left, right: size.width - 4, top: 0, bottom: plot.top + plot.height },
      );
      const labels = axis(theme, '', 0).axisLabel;
      return {
        grid: { ...EXACT, ...MARGIN },
        xAxis: {
          ...axis(theme, 'download (log)', 24),
          type: 'log',
          min: axes.bytes.min,
          max: axes.bytes.max,
          axisTick: { show: false, customValues: axes.bytes.ticks },
          axisLabel: {
            ...labels,
            customValues: axes.bytes.ticks,
            formatter: (bytes: number) => formatBytes(bytes),
          },
        },
        yAxis: {
          ...axis(theme, 'error, of ‖ΔW‖', 40),
          type: 'value',
          min: axes.error.min,
          max: axes.error.max,
          axisTick: { show: false, customValues: axes.error.ticks },
          axisLabel: {
            ...labels,
            customValues: axes.error.ticks,
            formatter: (share: number) => formatShare(share, axes.error.max < 0.05 ? 1 : 0),
          },
        },
        tooltip: {
          ...tooltip(theme),
          trigger: 'item',
          formatter: ({ dataIndex }: { dataIndex: number }) => describe(marks[dataIndex], nameOf),
        },
        series: [
          {
            type: 'scatter',
            data: marks.map(({ costs: [cost] }, at) => ({
              value: [Math.max(1, cost?.bytes ?? 1), cost?.relativeError],
              symbol: SYMBOLS[cost?.method ?? 'florist'],
              itemStyle: { color: cost?.method === 'florist' ? theme.accent : theme.chartLine },
              label: { show: places[at] !== undefined, formatter: texts[at], ...places[at] },
            })),
            symbolSize: 11,
            label: { color: theme.muted, fontSize: 11 },
          },
        ],
      };
    },
    [known, nameOf],
  );
  return (
    <Chart
      label="Error of each method against its download; the figures are in the table beside it"
      height={height}
      option={option}
    />
  );
}

function isKnown(cost: MethodCost): cost is KnownCost {
  return cost.relativeError !== null;
}

function labelOf({ costs }: MethodMark, nameOf: (cost: MethodCost) => string): string {
  const [first, ...others] = costs;
  if (first === undefined) {
    return '';
  }
  const name = first.tau === undefined ? nameOf(first) : `τ ${formatTau(first.tau)}`;
  return others.length === 0 ? name : `${name} and ${formatCount(others.length)} more`;
}

function describe(mark: MethodMark | undefined, nameOf: (cost: MethodCost) => string) {
  const [first, ...others] = mark?.costs ?? [];
  if (first === undefined) {
    return '';
  }
  return others.length === 0
    ? tooltipContent(nameOf(first), [
        ['download', formatBytes(first.bytes)],
        ['error', formatShare(first.relativeError, 2)],
        ['total rank', formatCount(first.totalRank)],
      ])
    : tooltipContent(
        'download, error',
        [first, ...others].map(
          (cost) =>
            [nameOf(cost), `${formatBytes(cost.bytes)}, ${formatShare(cost.relativeError, 2)}`] as const,
        ),
      );
}
