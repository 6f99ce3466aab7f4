import type { ModuleReport } from '@florist/core/florist/moduleReport';
import type { AdapterResult } from '@florist/core/schemas/adapter';

/** What an adapter's modules come to, over all of them. */
export type Totals = Pick<
  AdapterResult,
  | 'modules'
  | 'degenerateModules'
  | 'totalRank'
  | 'stackedRank'
  | 'parameters'
  | 'energyKept'
  | 'relativeError'
>;

/** Energies and squared errors add up over modules, so shares and relative errors are those of the whole adapter. */
export function summarise(reports: readonly ModuleReport[]): Totals {
  const sum = (of: (report: ModuleReport) => number) =>
    reports.reduce((total, report) => total + of(report), 0);
  const energy = sum((report) => report.energy);
  const squaredError = sum((report) => report.squaredError);
  return {
    modules: reports.length,
    degenerateModules: reports.filter((report) => report.degenerate).length,
    totalRank: sum((report) => report.rank),
    stackedRank: sum((report) => report.stackedRank),
    parameters: sum(({ rank, shape: [m, n] }) => rank * (m + n)),
    energyKept: energy > 0 ? sum((report) => report.energyKept * report.energy) / energy : 1,
    relativeError: energy > 0 ? Math.sqrt(squaredError / energy) : 0,
  };
}
