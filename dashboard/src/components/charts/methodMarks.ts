import type { MethodCost } from '#lib/api/types.ts';
import { logTicks } from './logTicks.ts';

/** Marks nearer than this many pixels cover each other, and are told of as one. */
const SAME_PX = 4;

/** Lines across the chart, about as many as it has room for. */
const LINES_MAX = 6;

export interface KnownCost extends MethodCost {
  relativeError: number;
}

/** The axes of error against download, with room around what is drawn. */
export interface MethodAxes {
  bytes: { min: number; max: number; ticks: number[] };
  error: { min: number; max: number; ticks: number[] };
}

/** One place on the chart, and all that lies on it. */
export interface MethodMark {
  costs: KnownCost[];
  x: number;
  y: number;
}

export function methodAxes(costs: readonly KnownCost[]): MethodAxes {
  const sizes = costs.map(({ bytes }) => Math.max(1, bytes));
  const room = 1.6;
  const bytes = { min: Math.min(...sizes) / room, max: Math.max(...sizes) * room };
  const top = Math.max(0.01, ...costs.map(({ relativeError }) => relativeError));
  const step = roundStep(top / LINES_MAX);
  const lines = Math.ceil((top * 1.02) / step);
  const max = lines * step;
  return {
    bytes: { ...bytes, ticks: logTicks(bytes.min, bytes.max) },
    // a little below zero, so that what is exact does not stand on the axis
    error: { min: -0.05 * max, max, ticks: Array.from({ length: lines + 1 }, (_, line) => line * step) },
  };
}

/** Marks in pixels of a plot of that size, those that cover each other as one. */
export function methodMarks(
  costs: readonly KnownCost[],
  { bytes, error }: MethodAxes,
  plot: { left: number; top: number; width: number; height: number },
): MethodMark[] {
  const marks: MethodMark[] = [];
  for (const cost of costs) {
    const across = Math.log(Math.max(1, cost.bytes) / bytes.min) / Math.log(bytes.max / bytes.min);
    const x = plot.left + across * plot.width;
    const y = plot.top + ((error.max - cost.relativeError) / (error.max - error.min)) * plot.height;
    const same = marks.find((mark) => Math.abs(mark.x - x) < SAME_PX && Math.abs(mark.y - y) < SAME_PX);
    if (same === undefined) {
      marks.push({ costs: [cost], x, y });
    } else {
      same.costs.push(cost);
    }
  }
  return marks;
}

/** The least of 1, 2 and 5 times a power of ten that is no less. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return (([1, 2, 5] as const).find((factor) => factor * power >= least) ?? 10) * power;
}
