'use client';

import { useCallback, useMemo } from 'react';
import { useModuleFocus } from '#components/round/ModuleFocusProvider.tsx';
import { formatSignificant } from '#lib/format/formatSignificant.ts';
import { parseModule } from '#lib/modules/parseModule.ts';
import { DECADE_SCALE, type SigmaSamples } from '#lib/spectrum/sampleSigma.ts';
import { axis, EXACT, tooltip } from './axes.ts';
import { Chart, type ChartSize } from './Chart.tsx';
import type { ChartTheme } from './chartTheme.ts';
import type { EChartsType } from './echarts.ts';
import { VIRIDIS } from './palettes.ts';
import { layerInterval } from './rankLabels.ts';
import { tooltipContent } from './tooltipContent.ts';

/** Decades of σ that the colours span. */
const DECADES = 4;

/** Pixels around the plot. */
const MARGIN = { left: 40, right: 12, top: 12, bottom: 78 } as const;

interface SigmaHeatmapProps {
  samples: SigmaSamples;
  /** The path inside a layer whose modules are the rows. */
  projection: string;
  height: number;
}

/** σ_i by index, one row per layer: how fast each spectrum falls. */
export function SigmaHeatmap({ samples, projection, height }: SigmaHeatmapProps) {
  const focus = useModuleFocus();
  const rows = useMemo(
    () =>
      samples.modules
        .map((module) => ({ ...module, place: parseModule(module.name) }))
        .filter(({ place }) => place.projection === projection)
        .sort((a, b) => (a.place.layer ?? -1) - (b.place.layer ?? -1)),
    [samples, projection],
  );
  const layers = useMemo(
    () => rows.map(({ place }) => (place.layer === undefined ? '—' : `L${place.layer}`)),
    [rows],
  );
  const longest = Math.max(1, ...rows.map(({ logs }) => logs.length));
  const cells = useMemo(
    () => rows.flatMap(({ logs }, row) => logs.map((log, at) => [at, row, log / DECADE_SCALE] as const)),
    [rows],
  );
  const option = useCallback(
    (theme: ChartTheme, size: ChartSize) => ({
      grid: { ...EXACT, ...MARGIN },
      xAxis: {
        ...axis(theme, 'index i of the singular value', 22),
        type: 'category',
        data: samples.grid.slice(0, longest).map(String),
        splitLine: { show: false },
      },
      yAxis: {
        ...axis(theme, '', 0),
        type: 'category',
        inverse: true,
        data: layers,
        splitLine: { show: false },
        axisLabel: {
          ...axis(theme, '', 0).axisLabel,
          hideOverlap: false,
          interval: layerInterval(layers, size.height - MARGIN.top - MARGIN.bottom),
        },
      },
      tooltip: {
        ...tooltip(theme),
        trigger: 'item',
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const cell = cells[dataIndex];
          const row = cell && rows[cell[1]];
          return cell === undefined || row === undefined
            ? ''
            : tooltipContent(row.name, [
                ['index i', String(samples.grid[cell[0]])],
                ['σ_i', formatSignificant(samples.largest * 10 ** cell[2])],
              ]);
        },
      },
      visualMap: {
        type: 'continuous',
        min: -DECADES,
        max: 0,
        calculable: false,
        orient: 'horizontal',
        left: 36,
        bottom: 0,
        itemWidth: 10,
        itemHeight: 140,
        text: [
          `σ = ${formatSignificant(samples.largest)}`,
          formatSignificant(samples.largest * 10 ** -DECADES, 1),
        ],
        textStyle: { color: theme.muted, fontSize: 11 },
        inRange: { color: VIRIDIS },
      },
      series: [
        {
          type: 'heatmap',
          data: cells.map((cell) => [...cell]),
          progressive: 0,
          emphasis: { itemStyle: { borderColor: theme.text, borderWidth: 1 } },
        },
      ],
    }),
    [samples, rows, layers, cells, longest],
  );
  const attach = useCallback(
    (chart: EChartsType) => {
      const over = ({ dataIndex }: { dataIndex?: number }) => {
        const cell = cells[dataIndex ?? -1];
        focus.set(cell && rows[cell[1]]?.name);
      };
      chart.on('mouseover', over as () => void);
      const out = () => focus.set(undefined);
      chart.getZr().on('globalout', out);
      return { detach: () => chart.off('mouseover', over) };
    },
    [cells, rows, focus],
  );
  return (
    <Chart
      key={projection}
      label={`Singular values of ${projection} by layer and index, in shades of their logarithm`}
      height={height}
      option={option}
      attach={attach}
    />
  );
}
