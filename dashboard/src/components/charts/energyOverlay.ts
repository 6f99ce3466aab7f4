import type { EChartsCoreOption } from 'echarts/core';
import { type ExactModule, OVERLAY_MAX } from '#lib/spectrum/exactModules.ts';
import type { ChartSize } from './Chart.tsx';
import type { ChartTheme } from './chartTheme.ts';
import { type CurveSet, type CurveView, markAt } from './curveSet.ts';
import { plotBox, toPixels } from './energyPlot.ts';
import { type Place, placeLabels } from './placeLabels.ts';

type Point = readonly [index: number, value: number];

/**
 * Curves of energy rise to the right and those of σ fall, so that right of a mark it is free under it, or over it;
 * further off, of others' labels too.
 */
const BESIDE: Readonly<Record<CurveView, readonly Place[]>> = { energy: column(1), sigma: column(-1) };

function column(down: 1 | -1): Place[] {
  return [10, 24, 38, 52, 66, 80].map((y) => ({ position: 'right', offset: [0, down * y] }));
}

/** The selected curves in bold, and p on each of them. */
export function energyOverlay(
  theme: ChartTheme,
  size: ChartSize,
  curves: CurveSet,
  selected: readonly ExactModule[],
): EChartsCoreOption {
  const numbers = new Map(curves.modules.map(({ name }, number) => [name, number]));
  const colour = (slot: number) => theme.series[slot] ?? theme.text;
  const bold = Array.from({ length: OVERLAY_MAX }, (_, slot) => {
    const module = selected[slot];
    return line(`selected-${slot}`, colour(slot), module ? exactPoints(module, curves.view) : []);
  });
  const marked = selected.flatMap(({ name }, slot) => {
    const number = numbers.get(name) ?? -1;
    const value = markAt(curves, number);
    const text = `p = ${curves.modules[number]?.rank}`;
    return value === undefined ? [] : [{ value, text, slot }];
  });
  const box = plotBox(size.width, size.height);
  const toPixel = toPixels(box, curves);
  const places = placeLabels(
    marked.map(({ value, text }) => {
      const [x, y] = toPixel(...value);
      return { x, y, text };
    }),
    BESIDE[curves.view],
    { left: 0, right: size.width, top: 0, bottom: box.top + box.height },
  );
  const marks = marked.map(({ value, text, slot }, at) => ({
    value,
    itemStyle: { color: colour(slot) },
    label: { show: places[at] !== undefined, formatter: text, ...places[at] },
  }));
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
        label: {
          distance: 6,
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
