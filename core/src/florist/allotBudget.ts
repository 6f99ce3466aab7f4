import { Refusal } from '../errors/refusal.js';
import { DTYPE_BYTES } from '../kernel/convert.js';
import type { Dtype } from '../kernel/kernel.js';
import { allot, type ModuleSpectrum } from './allot.js';

/**
 * The ranks that keep the most energy, to within one rank of one module, within `bytes` of tensor data, where a rank of
 * a module costs (m + n) elements; see `allot`.
 *
 * @throws Refusal budget_too_small when not even rank 1 fits
 */
export function allotBudget(spectra: readonly ModuleSpectrum[], bytes: number, dtype: Dtype): number[] {
  const costs = spectra.map(({ shape: [m, n] }) => (m + n) * DTYPE_BYTES[dtype]);
  const least = costs.reduce((sum, cost) => sum + cost, 0);
  if (least > bytes) {
    throw new Refusal(
      'budget_too_small',
      `${bytes} bytes cannot hold rank 1 of all ${spectra.length} modules, which takes ${least} bytes`,
    );
  }
  return allot(spectra, costs, bytes);
}
