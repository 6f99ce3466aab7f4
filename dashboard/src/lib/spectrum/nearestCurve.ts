import type { ModuleSummary } from './summariseSpectrum.ts';

export interface CurvePoint {
  module: ModuleSummary;
  /** Position in the grid. */
  at: number;
}

/**
 * The curve that passes closest to a point, and where: the index of the grid nearest to `index` on a logarithmic
 * axis, then the module whose value there is nearest.
 *
 * @param value of a module at a position of the grid; undefined beyond its length
 * @param reach the greatest difference of values that still counts
 */
export function nearestCurve(
  modules: readonly ModuleSummary[],
  grid: readonly number[],
  index: number,
  wanted: number,
  reach: number,
  value: (module: number, at: number) => number | undefined,
): CurvePoint | undefined {
  const at = nearestAt(grid, index);
  let best: CurvePoint | undefined;
  let distance = reach;
  for (const [number, module] of modules.entries()) {
    const found = value(number, at);
    if (found !== undefined && Math.abs(found - wanted) <= distance) {
      distance = Math.abs(found - wanted);
      best = { module, at };
    }
  }
  return best;
}

function nearestAt(grid: readonly number[], index: number): number {
  const after = grid.findIndex((candidate) => candidate >= index);
  if (after < 0) {
    return grid.length - 1;
  }
  const [before, here] = [grid[after - 1] ?? 1, grid[after] ?? 1];
  return after > 0 && index / before < here / index ? after - 1 : after;
}
