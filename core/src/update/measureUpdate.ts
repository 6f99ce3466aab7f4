import type { SpectrumGoal } from '../florist/decomposition.js';
import type { ModuleMeasure, ModuleSource } from '../florist/moduleReport.js';
import type { Kernel } from '../kernel/kernel.js';
import { analyseUpdate } from './analyseUpdate.js';
import { withUpdate } from './withUpdate.js';

/** What one module is, from ΔW itself; see `aggregateUpdate`. */
export async function measureUpdate(
  kernel: Kernel,
  source: ModuleSource,
  goal: SpectrumGoal,
  reason: string,
): Promise<ModuleMeasure> {
  return withUpdate(kernel, source, async (accumulated) => {
    const { measure } = await analyseUpdate(kernel, source, accumulated, goal, reason);
    return measure;
  });
}
