'use client';

import { useCallback } from 'react';
import type { TrimmedSimilarity } from '#lib/similarity/trimSimilarity.ts';
import { axis, EXACT, tooltip } from './axes.ts';
import { Chart, type ChartSize } from './Chart.tsx';
import type { ChartTheme } from './chartTheme.ts';
import { CIVIDIS } from './palettes.ts';
import { similarityPlot } from './similarityPlot.ts';
import { tooltipContent } from './tooltipContent.ts';

interface SimilarityHeatmapProps {
  similarity: TrimmedSimilarity;
  outliers: ReadonlySet<string>;
  height: number;
}

/** The cosine of each pair of updates. */
export function SimilarityHeatmap({ similarity, outliers, height }: SimilarityHeatmapProps) {
  const { shown, cosine } = similarity;
  const option = useCallback(
    (theme: ChartTheme, size: ChartSize) => {
      const { named, left, top, side } = similarityPlot(shown.length, size.width, size.height);
      const labels = {
        ...axis(theme, '', 0).axisLabel,
        interval: (index: number) => named || outliers.has(shown[index] ?? ''),
        hideOverlap: false,
        overflow: 'truncate',
        width: 110,
        formatter: (client: string) =>
          [outliers.has(client) ? '▲' : '', named ? client : ''].filter(Boolean).join(' '),
      };
      return {
        grid: { ...EXACT, left, top, width: side, height: side },
        xAxis: {
          ...axis(theme, '', 0),
          type: 'category',
          data: shown,
          splitLine: { show: false },
          axisLabel: { show: false },
        },
        yAxis: {
          ...axis(theme, '', 0),
          type: 'category',
          inverse: true,
          data: shown,
          splitLine: { show: false },
          axisLabel: labels,
        },
        tooltip: {
          ...tooltip(theme),
          trigger: 'item',
          formatter: ({ value: [column = 0, row = 0, value = 0] }: { value: number[] }) =>
            tooltipContent(`${shown[row]} and ${shown[column]}`, [['cosine', value.toFixed(4)]]),
        },
        visualMap: {
          type: 'continuous',
          min: -1,
          max: 1,
          calculable: false,
          orient: 'horizontal',
          left: left - 8,
          top: top + side + 12,
          itemWidth: 10,
          itemHeight: 120,
          text: ['cosine 1', '−1'],
          textStyle: { color: theme.muted, fontSize: 11 },
          inRange: { color: CIVIDIS },
        },
        series: [
          {
            type: 'heatmap',
            progressive: 0,
            data: cosine.flatMap((row, y) => row.map((value, x) => [x, y, value])),
            itemStyle: { borderColor: theme.surface, borderWidth: named ? 1 : 0 },
            emphasis: { itemStyle: { borderColor: theme.text, borderWidth: 2 } },
          },
        ],
      };
    },
    [shown, cosine, outliers],
  );
  return (
    <Chart
      label={`Cosine similarity of the updates of ${shown.length} clients; the figures are in the CSV`}
      height={height}
      option={option}
    />
  );
}
