'use client';

import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useFocusedModule, useModuleFocus } from '#components/round/ModuleFocusProvider.tsx';
import { formatShare } from '#lib/format/formatShare.ts';
import { moduleGrid } from '#lib/modules/moduleGrid.ts';
import type { SpectrumSummary } from '#lib/spectrum/summariseSpectrum.ts';
import { axis, EXACT, tooltip } from './axes.ts';
import { Chart, type ChartSize } from './Chart.tsx';
import type { ChartTheme } from './chartTheme.ts';
import type { EChartsType } from './echarts.ts';
import { rankLabels } from './rankLabels.ts';
import { rankLegend } from './rankLegend.ts';
import { tooltipContent } from './tooltipContent.ts';

interface RankHeatmapProps {
  summary: SpectrumSummary;
  /** Rank of each module, in the order of the summary; the published ones, or those at another τ. */
  ranks: readonly number[];
  height: number;
  onToggle: (module: string) => void;
}

/** Ranks over layers × projections: where the update is rich, and where one direction says it all. */
export function RankHeatmap({ summary, ranks, height, onToggle }: RankHeatmapProps) {
  const focus = useModuleFocus();
  const focused = useFocusedModule();
  const { modules } = summary;
  const grid = useMemo(() => moduleGrid(modules.map(({ name }) => name)), [modules]);
  const largest = Math.max(1, ...ranks);

  const option = useCallback(
    (theme: ChartTheme, size: ChartSize) => {
      const labels = rankLabels(grid, size);
      return {
        grid: { ...EXACT, ...labels.margin },
        xAxis: {
          ...axis(theme, '', 0),
          type: 'category',
          data: grid.projections,
          splitLine: { show: false },
          axisLabel: {
            ...axis(theme, '', 0).axisLabel,
            hideOverlap: false,
            ...labels.projections,
          },
        },
        yAxis: {
          ...axis(theme, '', 0),
          type: 'category',
          inverse: true,
          data: grid.layers,
          splitLine: { show: false },
          axisLabel: { ...axis(theme, '', 0).axisLabel, hideOverlap: false, interval: labels.layers },
        },
        tooltip: {
          ...tooltip(theme),
          trigger: 'item',
          formatter: ({ dataIndex, value }: { dataIndex: number; value: readonly number[] }) => {
            const module = modules[dataIndex];
            return module === undefined
              ? ''
              : tooltipContent(module.name, [
                  ['rank p', `${value[2]} of ${module.length}`],
                  ['stacked rank', String(module.stackedRank)],
                  ['energy kept', formatShare(module.energyKept, 2)],
                  ['shape', `${module.shape[0]} × ${module.shape[1]}`],
                  ...(module.degenerate ? ([['', 'the update is zero']] as const) : []),
                ]);
          },
        },
        series: [
          {
            id: 'ranks',
            type: 'heatmap',
            itemStyle: { borderColor: theme.surface, borderWidth: grid.layers.length > 40 ? 0.5 : 1.5 },
            emphasis: { itemStyle: { borderColor: theme.text, borderWidth: 2 } },
          },
        ],
      };
    },
    [modules, grid],
  );
  const overlay = useCallback(
    (theme: ChartTheme) => ({
      visualMap: rankLegend(theme, ranks),
      series: [
        {
          id: 'ranks',
          data: modules.map((_, number) => {
            const place = grid.places[number];
            return [place?.column, place?.row, ranks[number]];
          }),
        },
      ],
    }),
    [modules, ranks, grid],
  );

  const made = useRef<EChartsType>(undefined);
  useEffect(() => {
    const dataIndex = modules.findIndex(({ name }) => name === focused);
    made.current?.dispatchAction({ type: 'downplay', seriesIndex: 0 });
    if (dataIndex >= 0) {
      made.current?.dispatchAction({ type: 'highlight', seriesIndex: 0, dataIndex });
    }
  }, [focused, modules]);

  const toggle = useRef(onToggle);
  useEffect(() => {
    toggle.current = onToggle;
  }, [onToggle]);

  const attach = useCallback(
    (chart: EChartsType) => {
      made.current = chart;
      const over = ({ dataIndex }: { dataIndex?: number }) => focus.set(modules[dataIndex ?? -1]?.name);
      const out = () => focus.set(undefined);
      const click = ({ dataIndex }: { dataIndex?: number }) => {
        const name = modules[dataIndex ?? -1]?.name;
        if (name !== undefined) {
          toggle.current(name);
        }
      };
      chart.on('mouseover', over as () => void);
      chart.on('click', click as () => void);
      chart.getZr().on('globalout', out);
      const detach = () => {
        made.current = undefined;
      };
      return { detach };
    },
    [focus, modules],
  );

  /** The cell that the keyboard came to, for those who do not see it. */
  const [spoken, setSpoken] = useState('');
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const current = modules.findIndex(({ name }) => name === focus.get());
    const place = grid.places[Math.max(0, current)] ?? { column: 0, row: 0 };
    const steps: Record<string, readonly [columns: number, rows: number]> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = current < 0 ? 0 : grid.at(place.column + step[0], place.row + step[1]);
      if (next !== undefined) {
        focus.set(modules[next]?.name);
        setSpoken(`${modules[next]?.name}, rank ${ranks[next]} of ${modules[next]?.length}`);
        made.current?.dispatchAction({ type: 'showTip', seriesIndex: 0, dataIndex: next });
      }
    } else if (event.key === 'Enter' && current >= 0) {
      event.preventDefault();
      onToggle(modules[current]?.name ?? '');
    } else if (event.key === 'Escape') {
      focus.set(undefined);
      made.current?.dispatchAction({ type: 'hideTip' });
    }
  };

  return (
    <>
      <Chart
        label={`Rank of ${modules.length} modules by layer and projection, from 1 to ${largest}. Arrow keys move, Enter selects.`}
        height={height}
        option={option}
        overlay={overlay}
        attach={attach}
        onKeyDown={onKeyDown}
      />
      <p aria-live="polite" className="sr-only">
        {spoken}
      </p>
    </>
  );
}
