import type { Kernel } from '../kernel/kernel.js';
import { analyseModule } from './analyseModule.js';
import type { ModuleInput, ModuleMeasure } from './moduleReport.js';
import { withStacks } from './withStacks.js';

/** A byte budget may reach into any part of the spectrum. */
const WHOLE = { energy: 1, rank: 1 };

/** What one module is, without publishing anything: the first pass under a byte budget. */
export async function measureModule(kernel: Kernel, input: ModuleInput): Promise<ModuleMeasure> {
  return withStacks(kernel, input, async ({ b, a }) => {
    const grams = { b: await b.gram(), a: await a.gram() };
    const { measure } = await analyseModule(kernel, input, grams, WHOLE);
    return measure;
  });
}
