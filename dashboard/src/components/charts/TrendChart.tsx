'use client';

import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import type { TrendPoint } from '#lib/federation/toTrend.ts';
import { axis, EXACT, tooltip } from './axes.ts';
import { Chart } from './Chart.tsx';
import type { ChartTheme } from './chartTheme.ts';
import type { EChartsType } from './echarts.ts';
import { tooltipContent } from './tooltipContent.ts';
import { roundAxis, shareAxis } from './trendAxes.ts';

const HEIGHT = 164;

/** Shown as dots up to this many rounds; a line alone reads better beyond. */
const DOTS_MAX = 80;

export interface Metric {
  id: string;
  title: string;
  value: (point: TrendPoint) => number;
  /** As it is told; along an axis in the unit of the largest. */
  format: (value: number, largest?: number) => string;
  /** The least difference that `format` shows: labels that are closer would read the same. */
  step: (largest: number) => number;
  /** Whether the axis begins at zero; that of a share, which ends at one, does not. */
  fromZero: boolean;
}

interface TrendChartProps {
  federation: string;
  points: readonly TrendPoint[];
  metric: Metric;
}

/** One figure from round to round; a click opens the round. */
export function TrendChart({ federation, points, metric }: TrendChartProps) {
  const router = useRouter();
  const option = useCallback(
    (theme: ChartTheme) => {
      const values = points.map(metric.value);
      const largest = Math.max(...values);
      const { label, ...rounds } = roundAxis(points.map(({ round }) => round));
      return {
        grid: { ...EXACT, left: 52, right: 10, top: 10, bottom: 38 },
        xAxis: {
          ...axis(theme, 'round', 22),
          type: 'value',
          ...rounds,
          splitLine: { show: false },
          axisLabel: { ...axis(theme, '', 0).axisLabel, formatter: label },
        },
        yAxis: {
          ...axis(theme, '', 0),
          type: 'value',
          scale: !metric.fromZero,
          ...(metric.fromZero ? {} : shareAxis(values)),
          minInterval: metric.step(largest),
          splitNumber: 3,
          axisLabel: {
            ...axis(theme, '', 0).axisLabel,
            formatter: (value: number) => metric.format(value, largest),
          },
        },
        tooltip: {
          ...tooltip(theme),
          trigger: 'axis',
          axisPointer: { type: 'line', lineStyle: { color: theme.faint, type: 'solid' } },
          formatter: (items: { dataIndex: number }[]) => {
            const point = points[items[0]?.dataIndex ?? 0];
            return point === undefined
              ? ''
              : tooltipContent(`Round ${point.round}`, [[metric.title, metric.format(metric.value(point))]]);
          },
        },
        series: [
          {
            type: 'line',
            data: points.map(({ round }, at) => [round, values[at]]),
            showSymbol: points.length <= DOTS_MAX,
            symbol: 'circle',
            symbolSize: 5,
            itemStyle: { color: theme.accent },
            lineStyle: { color: theme.accent, width: 1.5 },
            emphasis: { disabled: true },
          },
        ],
      };
    },
    [points, metric],
  );
  const attach = useCallback(
    (chart: EChartsType) => {
      const open = (event: { offsetX: number; offsetY: number }) => {
        const [at] = chart.convertFromPixel('grid', [event.offsetX, event.offsetY]) as number[];
        const nearest = points.reduce<TrendPoint | undefined>(
          (best, point) =>
            best === undefined || Math.abs(point.round - (at ?? 0)) < Math.abs(best.round - (at ?? 0))
              ? point
              : best,
          undefined,
        );
        if (nearest !== undefined) {
          router.push(`/federations/${federation}/rounds/${nearest.round}`);
        }
      };
      const canvas = chart.getZr();
      canvas.on('click', open);
      return { detach: () => canvas.off('click', open) };
    },
    [points, router, federation],
  );
  const last = points.at(-1);
  return (
    <figure className="min-w-0">
      <figcaption className="flex items-baseline justify-between gap-2 text-xs">
        <span className="text-muted">{metric.title}</span>
        {last !== undefined && (
          <span className="figures font-medium">{metric.format(metric.value(last))}</span>
        )}
      </figcaption>
      <Chart label={`${metric.title} by round`} height={HEIGHT} option={option} attach={attach} />
    </figure>
  );
}
