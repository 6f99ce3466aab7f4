import { energyKept } from '../florist/energyKept.js';
import { goalOf } from '../florist/goalOf.js';
import type { ModuleAdapter, ModulePlan, ModuleSource } from '../florist/moduleReport.js';
import { stopwatch } from '../florist/stopwatch.js';
import type { Kernel } from '../kernel/kernel.js';
import { analyseUpdate } from './analyseUpdate.js';
import { publishUpdate } from './publishUpdate.js';
import { withUpdate } from './withUpdate.js';

/**
 * One module of the global adapter from ΔW itself, to which clients are added one batch after another: memory of
 * m · n numbers and one batch, however many clients there are. Of the report's seconds, `gram` is the accumulation
 * with the reading of the factors, `solve` the spectrum and the errors, `project` the published factors.
 *
 * @param reason why this path was taken
 * @throws Refusal ffa_factors_differ, dtype_overflow
 */
export async function aggregateUpdate(
  kernel: Kernel,
  source: ModuleSource,
  plan: ModulePlan,
  reason: string,
): Promise<ModuleAdapter> {
  const lap = stopwatch();
  return withUpdate(kernel, source, async (accumulated) => {
    const gram = lap();
    const analysis = await analyseUpdate(kernel, source, accumulated, goalOf(plan), reason);
    const solve = lap();
    const { a, b, rank, squaredError } = await publishUpdate(source, analysis, accumulated, plan);
    return {
      a,
      b,
      report: {
        ...analysis.measure,
        rank,
        squaredError,
        energyKept: energyKept(analysis.measure, squaredError),
        seconds: { gram, solve, project: lap() },
      },
    };
  });
}
