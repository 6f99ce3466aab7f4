import type { ChartTheme } from './chartTheme.ts';
import { VIRIDIS } from './palettes.ts';

/** For a map of one rank: neither dark nor bright, since nothing is small or large. */
const ALONE = VIRIDIS[VIRIDIS.length >> 1];

/** From 1 to the largest rank in shades; one shade where all ranks are equal. */
export function rankLegend(theme: ChartTheme, ranks: readonly number[]) {
  const largest = Math.max(1, ...ranks);
  const shared = {
    orient: 'horizontal',
    left: 36,
    bottom: 0,
    textStyle: { color: theme.muted, fontSize: 11 },
  };
  return ranks.every((rank) => rank === largest)
    ? {
        ...shared,
        type: 'piecewise',
        selectedMode: false,
        itemWidth: 14,
        itemHeight: 10,
        itemSymbol: 'rect',
        pieces: [{ value: largest, label: `p = ${largest}`, color: ALONE }],
      }
    : {
        ...shared,
        type: 'continuous',
        calculable: false,
        min: 1,
        max: largest,
        text: [`p = ${largest}`, '1'],
        itemWidth: 10,
        itemHeight: 140,
        inRange: { color: VIRIDIS },
      };
}
