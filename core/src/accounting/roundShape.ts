import type { ModuleReport } from '../florist/moduleReport.js';

/** What the accounts of one module depend on; any ModuleReport will do. */
export type ModuleShape = Pick<ModuleReport, 'shape' | 'stackedRank' | 'clientRanks' | 'rank'>;

/** What the accounts of a round depend on. `rank` of each module is what FLoRIST publishes. */
export interface RoundShape {
  /** K, all clients of the round, whether or not they have every module. */
  readonly clients: number;
  readonly modules: readonly ModuleShape[];
}

/** Largest r_k of a module. */
export function largestRank({ clientRanks }: ModuleShape): number {
  return clientRanks.reduce((largest, { rank }) => Math.max(largest, rank), 0);
}
