import type { EChartsCoreOption } from 'echarts/core';
import { type ExactModule, OVERLAY_MAX } from '#lib/spectrum/exactModules.ts';
import type { ChartTheme } from './chartTheme.ts';
import { type CurveSet, type CurveView, markAt } from './curveSet.ts';

type Point = readonly [index: number, value: number];

/** The selected curves in bold, and p on each of them. */
export function energyOverlay(
  theme: ChartTheme,
  curves: CurveSet,
  selected: readonly ExactModule[],
): EChartsCoreOption {
  const numbers = new Map(curves.modules.map(({ name }, number) => [name, number]));
  const colour = (slot: number) => theme.series[slot] ?? theme.text;
  const bold = Array.from({ length: OVERLAY_MAX }, (_, slot) => {
    const module = selected[slot];
    return line(`selected-${slot}`, colour(slot), module ? exactPoints(module, curves.view) : []);
  });
  const marks = selected.flatMap(({ name }, slot) => {
    const number = numbers.get(name) ?? -1;
    const mark = markAt(curves, number);
    if (mark === undefined) {
      return [];
    }
    const label = { formatter: `p = ${curves.modules[number]?.rank}` };
    return [{ value: mark, itemStyle: { color: colour(slot) }, label }];
  });
  return {
    series: [
      ...bold,
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
          backgroundColor: theme.surface,
          padding: [1, 3],
          borderRadius: 3,
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
