import type { ModuleReport } from '@florist/core/florist/moduleReport';
import type { Aggregation } from '@florist/core/schemas/aggregation';
import type { ModuleSpectrum } from '@florist/core/schemas/spectrum';

/** spectrum.json of an adapter; τ where it was chosen by energy. */
export function spectrumOf(
  { method, rank }: Aggregation,
  reports: readonly ModuleReport[],
): { tau?: number; modules: ModuleSpectrum[] } {
  const modules = reports.map((report) => ({
    name: report.name,
    shape: [...report.shape],
    stackedRank: report.stackedRank,
    rank: report.rank,
    energy: report.energy,
    degenerate: report.degenerate,
    singularValues: [...report.singularValues],
    restEnergy: report.restEnergy,
    path: report.path,
    pathReason: report.pathReason,
  }));
  return method === 'florist' && rank.policy === 'energy' ? { tau: rank.tau, modules } : { modules };
}
