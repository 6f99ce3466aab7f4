import { rankAt } from './rankAt.ts';
import type { ModuleData } from './spectrumData.ts';
import { TAU_GRID } from './tauGrid.ts';
import { totalsAt } from './totalsAt.ts';

/** Totals at each τ of the grid, as columns, since a page holds hundreds of them. */
export interface Exploration {
  totalRank: number[];
  parameters: number[];
  energyKept: number[];
}

/** What FLoRIST would publish at every τ of the grid. */
export function exploreTau(modules: readonly ModuleData[]): Exploration {
  const columns: Exploration = { totalRank: [], parameters: [], energyKept: [] };
  for (const tau of TAU_GRID) {
    const totals = totalsAt(
      modules,
      modules.map((module) => rankAt(module, tau)),
    );
    columns.totalRank.push(totals.totalRank);
    columns.parameters.push(totals.parameters);
    columns.energyKept.push(totals.energyKept);
  }
  return columns;
}
