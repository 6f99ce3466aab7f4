import { DTYPE_BYTES } from '../kernel/convert.js';
import type { Kernel } from '../kernel/kernel.js';
import { analyseModule } from './analyseModule.js';
import { energyKept } from './energyKept.js';
import { goalOf } from './goalOf.js';
import type { ModuleAdapter, ModulePlan, ModuleSource } from './moduleReport.js';
import { type Publication, publishModule } from './publishModule.js';
import { stopwatch } from './stopwatch.js';
import { type ModuleStacks, withStacks } from './withStacks.js';

/**
 * One module of the global adapter from the Gram matrices of its stacks. The kernel sees the raw factors twice, for
 * their Gram matrices and for the final products; scales and weights enter in r-space.
 *
 * @returns undefined where ΔW itself has to be accumulated, as analyseModule says
 * @throws Refusal ffa_factors_differ, dtype_overflow
 */
export async function aggregateStacks(
  kernel: Kernel,
  source: ModuleSource,
  plan: ModulePlan,
): Promise<ModuleAdapter | undefined> {
  return withStacks(kernel, source, async (stacks) => {
    const lap = stopwatch();
    const grams = { b: await stacks.b.gram(), a: await stacks.a.gram() };
    const gram = lap();
    const analysis = await analyseModule(kernel, source, stacks, grams, goalOf(plan));
    if (analysis === undefined) return undefined;
    const publication = await publishModule(kernel, analysis, plan);
    const solve = lap();
    const factors = await project(stacks, publication, source, plan);
    return {
      ...factors,
      report: {
        ...analysis.measure,
        rank: publication.pair?.rank ?? 1,
        squaredError: publication.squaredError,
        energyKept: energyKept(analysis.measure, publication.squaredError),
        seconds: { gram, solve, project: lap() },
      },
    };
  });
}

async function project(
  stacks: ModuleStacks,
  { pair }: Publication,
  { shape: [m, n] }: ModuleSource,
  { dtype }: ModulePlan,
): Promise<{ b: Uint8Array; a: Uint8Array }> {
  if (pair === undefined) {
    return { b: new Uint8Array(m * DTYPE_BYTES[dtype]), a: new Uint8Array(n * DTYPE_BYTES[dtype]) };
  }
  return {
    b: await stacks.b.project(pair.b, pair.rank, dtype),
    a: await stacks.a.project(pair.a, pair.rank, dtype),
  };
}
