import { rankAt } from './rankAt.ts';
import type { SpectrumData } from './spectrumData.ts';
import { TAU_GRID } from './tauGrid.ts';

/**
 * Ranks at every τ of the grid, per module in the order of the spectrum: the first, then by how much each next one
 * is larger. Ranks never fall with τ and mostly stay, so this is far smaller than the ranks themselves.
 */
export interface RankTable {
  steps: number[][];
}

export function rankTable(spectrum: SpectrumData): RankTable {
  return {
    steps: spectrum.modules.map((module) => {
      let before = 0;
      return TAU_GRID.map((tau) => {
        const rank = rankAt(module, tau);
        const step = rank - before;
        before = rank;
        return step;
      });
    }),
  };
}

/** The ranks of all modules at one position of the grid. */
export function ranksFromTable(table: RankTable, at: number): number[] {
  return table.steps.map((steps) => {
    let rank = 0;
    for (let index = 0; index <= at; index++) {
      rank += steps[index] ?? 0;
    }
    return rank;
  });
}
