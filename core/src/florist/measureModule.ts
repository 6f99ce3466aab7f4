import type { Kernel } from '../kernel/kernel.js';
import { measureUpdate } from '../update/measureUpdate.js';
import { analyseModule } from './analyseModule.js';
import type { ModuleMeasure, ModuleSource } from './moduleReport.js';
import { reasonToAccumulate } from './reasonToAccumulate.js';
import { stackedRank } from './stackedRank.js';
import { withStacks } from './withStacks.js';

/** A byte budget may reach into any part of the spectrum. */
const WHOLE = { energy: 1, rank: 1 };

/** What one module is, without publishing anything: the first pass under a byte budget. */
export async function measureModule(kernel: Kernel, source: ModuleSource): Promise<ModuleMeasure> {
  const reason = reasonToAccumulate(source.shape, stackedRank(source.shares));
  if (reason !== undefined) return measureUpdate(kernel, source, WHOLE, reason);
  return withStacks(kernel, source, async (stacks) => {
    const grams = { b: await stacks.b.gram(), a: await stacks.a.gram() };
    const { measure } = await analyseModule(kernel, source, stacks, grams, WHOLE);
    return measure;
  });
}
