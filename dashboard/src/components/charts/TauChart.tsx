'use client';

import { useCallback, useEffect, useMemo, useRef } from 'react';
import { formatTau } from '#lib/federation/describeMethod.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { formatShare } from '#lib/format/formatShare.ts';
import type { Exploration } from '#lib/spectrum/exploreTau.ts';
import { TAU_GRID, TAU_MAX, TAU_MIN, tauIndex } from '#lib/spectrum/tauGrid.ts';
import { axis, EXACT, tooltip } from './axes.ts';
import { Chart, type ChartSize } from './Chart.tsx';
import type { ChartTheme } from './chartTheme.ts';
import type { EChartsType } from './echarts.ts';
import { spread } from './spread.ts';
import { type TauAxis, tauAxis } from './tauAxis.ts';
import { PLOT } from './tauPlot.ts';
import { tooltipContent } from './tooltipContent.ts';

/** τ below this cuts more than anyone publishes. */
const USEFUL_FROM = 0.8;
const USEFUL_TO = 0.99;

export interface Baseline {
  name: string;
  totalRank: number;
}

interface TauChartProps {
  exploration: Exploration;
  baselines: readonly Baseline[];
  /** The τ being looked at. */
  tau: number;
  /** That of the adapter on view. */
  publishedTau: number | undefined;
  height: number;
  onTau: (tau: number) => void;
}

/** Total rank against τ, beside what the other methods send whatever τ is. */
export function TauChart({ exploration, baselines, tau, publishedTau, height, onTau }: TauChartProps) {
  const ranks = useMemo(
    () => tauAxis([...exploration.totalRank, ...baselines.map(({ totalRank }) => totalRank)]),
    [exploration, baselines],
  );
  const option = useCallback(
    (theme: ChartTheme, size: ChartSize) => ({
      grid: { ...EXACT, ...PLOT },
      xAxis: {
        ...axis(theme, 'τ, the share of the energy that each module keeps', 22),
        type: 'value',
        min: TAU_MIN,
        max: TAU_MAX,
        splitLine: { show: false },
        axisLabel: { ...axis(theme, '', 0).axisLabel, formatter: (at: number) => at.toFixed(2) },
      },
      yAxis: {
        ...axis(theme, 'total rank (log)', 58),
        type: 'log',
        logBase: 2,
        min: ranks.min,
        max: ranks.max,
        axisTick: { show: false, customValues: ranks.ticks },
        axisLabel: { ...axis(theme, '', 0).axisLabel, customValues: ranks.ticks, formatter: formatCount },
      },
      tooltip: {
        ...tooltip(theme),
        trigger: 'axis',
        axisPointer: { type: 'line', lineStyle: { color: theme.faint, type: 'solid' } },
        formatter: (items: { value: readonly number[] }[]) => {
          const at = tauIndex(items[0]?.value[0] ?? 0);
          const rank = exploration.totalRank[at] ?? 0;
          return tooltipContent(`τ ${formatTau(TAU_GRID[at] ?? 1)}`, [
            ['FLoRIST', formatCount(rank)],
            ['energy kept', formatShare(exploration.energyKept[at] ?? 0, 2)],
            ...baselines.map(({ name, totalRank }) => [name, formatCount(totalRank)] as const),
          ]);
        },
      },
      series: [
        {
          id: 'florist',
          type: 'line',
          data: TAU_GRID.map((at, index) => [at, Math.max(1, exploration.totalRank[index] ?? 1)]),
          showSymbol: false,
          step: 'end',
          lineStyle: { color: theme.accent, width: 2 },
          itemStyle: { color: theme.accent },
          emphasis: { disabled: true },
          markLine: {
            silent: true,
            symbol: 'none',
            animation: false,
            lineStyle: { color: theme.muted, type: 'dashed', width: 1 },
            label: { show: false },
            data: baselines.map(({ totalRank }) => ({ yAxis: totalRank })),
          },
          markArea: {
            silent: true,
            itemStyle: { color: theme.hover, opacity: 0.6 },
            label: { show: true, position: 'insideBottomLeft', color: theme.faint, fontSize: 11 },
            data: [[{ name: 'useful', xAxis: USEFUL_FROM }, { xAxis: USEFUL_TO }]],
          },
        },
        {
          id: 'names',
          type: 'scatter',
          silent: true,
          symbolSize: 0,
          label: { show: true, position: 'right', distance: 5, color: theme.muted, fontSize: 11 },
          data: namesBeside(baselines, ranks, size),
        },
      ],
    }),
    [exploration, baselines, ranks],
  );
  const overlay = useCallback(
    (theme: ChartTheme) => {
      const rank = (at: number) => Math.max(1, exploration.totalRank[tauIndex(at)] ?? 1);
      const marks = publishedTau === undefined || publishedTau < TAU_MIN ? [] : [publishedTau];
      return {
        series: [
          {
            id: 'here',
            type: 'line',
            data: [],
            markLine: {
              silent: true,
              symbol: 'none',
              animation: false,
              lineStyle: { color: theme.text, type: 'solid', width: 1 },
              label: { show: false },
              data: [{ xAxis: tau }],
            },
          },
          {
            id: 'points',
            type: 'scatter',
            silent: true,
            z: 6,
            data: [
              ...marks.map((at) => ({
                value: [at, rank(at)],
                symbol: 'diamond',
                symbolSize: 11,
                itemStyle: { color: theme.surface, borderColor: theme.accent, borderWidth: 2 },
              })),
              {
                value: [tau, rank(tau)],
                symbol: 'circle',
                symbolSize: 9,
                itemStyle: { color: theme.accent, borderColor: theme.surface, borderWidth: 2 },
              },
            ],
          },
        ],
      };
    },
    [exploration, tau, publishedTau],
  );

  const choose = useRef(onTau);
  useEffect(() => {
    choose.current = onTau;
  }, [onTau]);
  const attach = useCallback((chart: EChartsType) => {
    const canvas = chart.getZr();
    const click = ({ offsetX, offsetY }: { offsetX: number; offsetY: number }) => {
      if (chart.containPixel('grid', [offsetX, offsetY])) {
        const [at = 0] = chart.convertFromPixel('grid', [offsetX, offsetY]) as number[];
        choose.current(TAU_GRID[tauIndex(at)] ?? 1);
      }
    };
    canvas.on('click', click);
    return { detach: () => canvas.off('click', click) };
  }, []);

  return (
    <Chart
      label="Total rank of FLoRIST against τ, beside the other methods; the slider below reads it out"
      height={height}
      option={option}
      overlay={overlay}
      attach={attach}
    />
  );
}

/** Pixels from one name to the next. */
const NAME_HEIGHT = 13;

/** The names of the methods at the ends of their lines, moved where lines are nearer than names are high. */
function namesBeside(baselines: readonly Baseline[], ranks: TauAxis, { height }: ChartSize) {
  const plot = height - PLOT.top - PLOT.bottom;
  const shown = baselines.filter(({ totalRank }) => totalRank > 0);
  const lines = shown.map(({ totalRank }) => ranks.down(totalRank) * plot);
  const places = spread(lines, NAME_HEIGHT, plot);
  return shown.map(({ name, totalRank }, at) => ({
    value: [TAU_MAX, totalRank],
    label: { formatter: name, offset: [0, (places[at] ?? 0) - (lines[at] ?? 0)] },
  }));
}
