import type { RefObject } from 'react';
import type { ModuleFocus } from '#components/round/ModuleFocusProvider.tsx';
import { formatSignificant } from '#lib/format/formatSignificant.ts';
import { nearestCurve } from '#lib/spectrum/nearestCurve.ts';
import type { Attachment } from './Chart.tsx';
import type { ChartTheme } from './chartTheme.ts';
import { type CurveSet, heightOf, markAt } from './curveSet.ts';
import type { EnergyState } from './EnergyChart.tsx';
import type { EChartsType } from './echarts.ts';
import { acrossOf, lastIndex, plotBox, toPixels } from './energyPlot.ts';
import { faintCurves, type PlotBox } from './faintCurves.ts';
import { floatingTip } from './floatingTip.ts';
import { focusMarker } from './focusMarker.ts';
import { tooltipContent } from './tooltipContent.ts';

/** How near the pointer must come to a curve, in pixels. */
const REACH_PX = 18;

/** A share from which a curve counts as having arrived; the rest of it would be the upper border. */
const WHOLE = 0.9995;

interface PointerEvent {
  offsetX: number;
  offsetY: number;
}

/** Draws what lies outside ECharts: all curves faint, the one pointed at, and what it says there. */
export function followPointer(
  chart: EChartsType,
  theme: () => ChartTheme,
  state: RefObject<EnergyState>,
  focus: ModuleFocus,
): Attachment {
  const canvas = chart.getZr();
  const faint = faintCurves(chart);
  const marker = focusMarker(chart);
  const tip = floatingTip(chart.getDom());

  const light = () => {
    const { curves } = state.current;
    const number = curves.modules.findIndex(({ name }) => name === focus.get());
    if (number < 0) {
      marker.hide();
      return;
    }
    const toPixel = toPixels(plotOf(chart), curves);
    const points = curves.grid.flatMap((index, at) => {
      const y = curves.value(number, at);
      return y === undefined || y < curves.low ? [] : [toPixel(index, y)];
    });
    const mark = markAt(curves, number);
    const text = `p = ${curves.modules[number]?.rank}`;
    marker.show(theme(), points, mark && toPixel(...mark), text);
  };
  const drawn = () => {
    faint.draw(faintInput(theme(), plotOf(chart), state.current.curves));
    light();
  };
  const find = ({ offsetX, offsetY }: PointerEvent) =>
    pointAt(plotOf(chart), state.current.curves, offsetX, offsetY);
  const move = (event: PointerEvent) => {
    const point = find(event);
    focus.set(point?.module.name);
    if (point === undefined) {
      tip.hide();
    } else {
      tip.show(event.offsetX, event.offsetY, describe(state.current.curves, point.module.name, point.at));
    }
  };
  const leave = () => {
    focus.set(undefined);
    tip.hide();
  };
  const click = (event: PointerEvent) => {
    const point = find(event);
    if (point !== undefined) {
      state.current.onToggle(point.module.name);
    }
  };
  const stopFollowing = focus.subscribe(light);
  canvas.on('mousemove', move);
  canvas.on('globalout', leave);
  canvas.on('click', click);
  const detach = () => {
    stopFollowing();
    tip.remove();
    faint.remove();
    canvas.off('mousemove', move);
    canvas.off('globalout', leave);
    canvas.off('click', click);
  };
  return { detach, drawn };
}

const plotOf = (chart: EChartsType) => plotBox(chart.getWidth(), chart.getHeight());

function faintInput(theme: ChartTheme, box: PlotBox, curves: CurveSet) {
  const { modules, grid, view, low, value } = curves;
  const ends = (number: number, at: number, y: number) =>
    view === 'energy' ? at > 0 && (value(number, at - 1) ?? 0) >= WHOLE : y < low;
  return {
    box,
    colour: theme.chartLine,
    opacity: modules.length > 100 ? 0.16 : 0.35,
    count: modules.length,
    across: grid.map((index) => acrossOf(curves, index)),
    up: (number: number, at: number) => {
      const y = value(number, at);
      return y === undefined || ends(number, at, y) ? undefined : heightOf(curves, y);
    },
  };
}

function pointAt(box: PlotBox, curves: CurveSet, x: number, y: number) {
  const across = (x - box.left) / box.width;
  const up = 1 - (y - box.top) / box.height;
  if (across < 0 || across > 1 || up < 0 || up > 1) {
    return undefined;
  }
  const index = lastIndex(curves.grid) ** across;
  return nearestCurve(curves.modules, curves.grid, index, up, REACH_PX / box.height, (module, at) => {
    const found = curves.value(module, at);
    return found === undefined ? undefined : heightOf(curves, found);
  });
}

function describe(curves: CurveSet, name: string, at: number): HTMLElement {
  const number = curves.modules.findIndex((module) => module.name === name);
  const module = curves.modules[number];
  const sigma = curves.sigma(number, at);
  return tooltipContent(name, [
    ['index i', String(curves.grid[at])],
    ['σ_i', sigma === undefined ? '…' : formatSignificant(sigma)],
    ['cumulative share', `${((curves.share(number, at) ?? 0) * 100).toFixed(2)} %`],
    ['published rank p', `${module?.rank} of ${module?.length}`],
  ]);
}
