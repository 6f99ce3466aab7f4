import type { Kernel } from '../kernel/kernel.js';
import { aggregateUpdate } from '../update/aggregateUpdate.js';
import { aggregateStacks } from './aggregateStacks.js';
import type { ModuleAdapter, ModulePlan, ModuleSource } from './moduleReport.js';
import { CANCELLING_REASON, reasonToAccumulate } from './reasonToAccumulate.js';
import { stackedRank } from './stackedRank.js';

/**
 * One module of the global adapter, by whichever path costs less; the paths agree. The same input gives the same
 * bytes on the same kernel. A module whose ΔW is zero publishes rank 1 of zeros.
 *
 * @throws Refusal ffa_factors_differ, dtype_overflow
 */
export async function aggregateModule(
  kernel: Kernel,
  source: ModuleSource,
  plan: ModulePlan,
): Promise<ModuleAdapter> {
  const accumulate = (reason: string) => aggregateUpdate(kernel, source, plan, reason);
  const reason = reasonToAccumulate(source.shape, stackedRank(source.shares));
  if (reason !== undefined) return accumulate(reason);
  return (await aggregateStacks(kernel, source, plan)) ?? accumulate(CANCELLING_REASON);
}
