import { Refusal } from '../errors/refusal.js';
import { allot, type ModuleSpectrum } from './allot.js';

/**
 * The rank of each module that keeps the most energy within `totalRank`, the sum over all modules; see `allot`.
 *
 * @throws Refusal budget_too_small when there are more modules than that
 */
export function allotTotalRank(spectra: readonly ModuleSpectrum[], totalRank: number): number[] {
  if (spectra.length > totalRank) {
    throw new Refusal(
      'budget_too_small',
      `a total rank of ${totalRank} cannot give rank 1 to each of ${spectra.length} modules`,
    );
  }
  return allot(
    spectra,
    spectra.map(() => 1),
    totalRank,
  );
}
