import { type CurveSet, heightOf } from './curveSet.ts';
import type { PlotBox } from './faintCurves.ts';

/** Pixels around the plot. */
export const ENERGY_MARGIN = { left: 54, right: 14, top: 12, bottom: 36 } as const;

/** The plot of the energy curve in a chart of that size. */
export function plotBox(width: number, height: number): PlotBox {
  const { left, right, top, bottom } = ENERGY_MARGIN;
  return { left, top, width: width - left - right, height: height - top - bottom };
}

/** Where the axis of indices ends; it has to be longer than a point. */
export function lastIndex(grid: readonly number[]): number {
  return Math.max(2, grid.at(-1) ?? 2);
}

/** How far along the logarithmic axis of indices, 0 to 1. */
export function acrossOf({ grid }: CurveSet, index: number): number {
  return Math.log(index) / Math.log(lastIndex(grid));
}

/** Where a point of a curve lies on the canvas. */
export function toPixels({ left, top, width, height }: PlotBox, curves: CurveSet) {
  return (index: number, value: number): [x: number, y: number] => [
    left + acrossOf(curves, index) * width,
    top + (1 - heightOf(curves, value)) * height,
  ];
}
