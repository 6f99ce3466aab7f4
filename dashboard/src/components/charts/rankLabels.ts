import type { ModuleGrid } from '#lib/modules/moduleGrid.ts';
import type { ChartSize } from './Chart.tsx';

/** Of labels in 11 px: about a character's width, and what one takes of an axis across which it is written. */
const CHARACTER = 6.2;
const LINE = 13;

/** Pixels under the plot for the legend and one line of labels. */
const BOTTOM = 62;

/** The longest label that is written aslant, in pixels; what is longer is cut. */
const ASLANT_MAX = 90;

/** How the two axes of the map of ranks are labelled at the size of its cells. */
export function rankLabels(
  { layers, projections }: Pick<ModuleGrid, 'layers' | 'projections'>,
  size: ChartSize,
) {
  const sides = { left: 40, right: 12, top: 12 };
  const cell = (size.width - sides.left - sides.right) / Math.max(1, projections.length);
  const longest = Math.max(0, ...projections.map(({ length }) => length)) * CHARACTER;
  const aslant = longest > cell - CHARACTER;
  const width = aslant ? Math.min(longest, ASLANT_MAX) : cell;
  const bottom = aslant ? BOTTOM + Math.round(width * Math.SQRT1_2) : BOTTOM;
  return {
    margin: { ...sides, bottom },
    projections: {
      rotate: aslant ? 45 : 0,
      interval: every(cell, aslant ? LINE : 0) - 1,
      ...{ overflow: 'truncate', width },
    },
    layers: layerInterval(layers, size.height - sides.top - bottom),
  };
}

/** Which rows of a map that high are labelled with their layer, counted from the first that is one. */
export function layerInterval(layers: readonly string[], height: number): (index: number) => boolean {
  const from = layers[0] === '—' ? 1 : 0;
  const step = every(height / Math.max(1, layers.length), LINE);
  return (index) => index < from || (index - from) % step === 0;
}

/** Each, every second, fourth and so on: the first step at which labels do not touch. */
function every(cell: number, line: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(line / cell)));
}
