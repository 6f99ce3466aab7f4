import type { Kernel } from '../kernel/kernel.js';
import { measureUpdate } from '../update/measureUpdate.js';
import { analyseModule } from './analyseModule.js';
import type { ModuleMeasure, ModuleSource } from './moduleReport.js';
import { CANCELLING_REASON, reasonToAccumulate } from './reasonToAccumulate.js';
import { stackedRank } from './stackedRank.js';
import { withStacks } from './withStacks.js';

/** A byte budget may reach into any part of the spectrum. */
const WHOLE = { energy: 1, rank: 1 };

/** What one module is, without publishing anything: the first pass under a byte budget. */
export async function measureModule(kernel: Kernel, source: ModuleSource): Promise<ModuleMeasure> {
  const accumulate = (reason: string) => measureUpdate(kernel, source, WHOLE, reason);
  const reason = reasonToAccumulate(source.shape, stackedRank(source.shares));
  if (reason !== undefined) return accumulate(reason);
  const analysis = await withStacks(kernel, source, async (stacks) => {
    const grams = { b: await stacks.b.gram(), a: await stacks.a.gram() };
    return analyseModule(kernel, source, stacks, grams, WHOLE);
  });
  return analysis?.measure ?? accumulate(CANCELLING_REASON);
}
