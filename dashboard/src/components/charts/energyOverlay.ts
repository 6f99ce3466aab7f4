import type { EChartsCoreOption } from 'echarts/core';
import { type ExactModule, OVERLAY_MAX } from '#lib/spectrum/exactModules.ts';
import type { SpectrumSummary } from '#lib/spectrum/summariseSpectrum.ts';
import type { ChartTheme } from './chartTheme.ts';
import type { CurveView } from './EnergyChart.tsx';

interface OverlayInput {
  theme: ChartTheme;
  summary: SpectrumSummary;
  selected: readonly ExactModule[];
  focused: string | undefined;
  view: CurveView;
  value: (module: number, at: number) => number | undefined;
}

type Point = readonly [index: number, value: number];

/** The selected curves in bold, the one pointed at, and p on each of them. */
export function energyOverlay({
  theme,
  summary,
  selected,
  focused,
  view,
  value,
}: OverlayInput): EChartsCoreOption {
  const byName = new Map(summary.modules.map((module, number) => [module.name, { module, number }]));
  const colourOf = (name: string) => {
    const at = selected.findIndex((module) => module.name === name);
    return theme.series[at] ?? theme.text;
  };
  const bold = Array.from({ length: OVERLAY_MAX }, (_, slot) => {
    const module = selected[slot];
    return line(
      `selected-${slot}`,
      theme.series[slot] ?? theme.text,
      module ? exactPoints(module, view) : [],
    );
  });
  const held = focused === undefined ? undefined : byName.get(focused);
  const sampled = (number: number): Point[] =>
    summary.grid.flatMap((index, at) => {
      const y = value(number, at);
      return y === undefined ? [] : [[index, y] as const];
    });
  const pointed = line('focused', theme.text, held === undefined ? [] : sampled(held.number));

  const names = new Set([...selected.map(({ name }) => name), ...(focused === undefined ? [] : [focused])]);
  const marks = [...names].flatMap((name) => {
    const entry = byName.get(name);
    const mark = entry && markAt(entry.module.rank, summary, entry.number, value);
    return entry === undefined || mark === undefined
      ? []
      : [
          {
            value: mark,
            itemStyle: { color: colourOf(name) },
            label: { formatter: `p = ${entry.module.rank}` },
          },
        ];
  });
  return {
    series: [
      ...bold,
      pointed,
      {
        id: 'marks',
        type: 'scatter',
        silent: true,
        symbol: 'circle',
        symbolSize: 8,
        z: 6,
        data: marks,
        labelLayout: { moveOverlap: 'shiftY' },
        label: {
          show: true,
          position: 'right',
          distance: 6,
          offset: [0, 9],
          color: theme.text,
          fontSize: 11,
          textBorderColor: theme.surface,
          textBorderWidth: 3,
        },
      },
    ],
  };
}

function line(id: string, colour: string, data: readonly Point[]) {
  return {
    id,
    type: 'line',
    data,
    silent: true,
    showSymbol: false,
    clip: true,
    lineStyle: { color: colour, width: 2 },
    itemStyle: { color: colour },
    z: 5,
  };
}

function exactPoints(module: ExactModule, view: CurveView): Point[] {
  const values = view === 'energy' ? module.shares : module.singularValues;
  return values.flatMap((y, at) => (view === 'sigma' && y <= 0 ? [] : [[at + 1, y] as const]));
}

/** Where p lies on a curve, read from the nearest index of the grid at or after it. */
function markAt(
  rank: number,
  summary: SpectrumSummary,
  number: number,
  value: (module: number, at: number) => number | undefined,
): Point | undefined {
  const at = summary.grid.findIndex((index) => index >= rank);
  const y = value(number, at);
  return y === undefined ? undefined : [rank, y];
}
