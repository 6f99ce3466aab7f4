import { DTYPE_BYTES } from '../kernel/convert.js';
import type { Kernel } from '../kernel/kernel.js';
import { TAU_DEFAULT } from '../schemas/aggregation.js';
import { analyseModule } from './analyseModule.js';
import type { SpectrumGoal } from './decomposition.js';
import type { ModuleAdapter, ModuleInput, ModuleMeasure, ModulePlan } from './moduleReport.js';
import { type Publication, publishModule } from './publishModule.js';
import { stopwatch } from './stopwatch.js';
import { type ModuleStacks, withStacks } from './withStacks.js';

/**
 * One module of the global adapter. The kernel sees the raw factors twice, for their Gram matrices and for the
 * final products; scales and weights enter in r-space. The same input gives the same bytes on the same kernel.
 *
 * A module whose ΔW is zero publishes rank 1 of zeros.
 *
 * @throws Refusal ffa_factors_differ, dtype_overflow
 */
export async function aggregateModule(
  kernel: Kernel,
  input: ModuleInput,
  plan: ModulePlan,
): Promise<ModuleAdapter> {
  return withStacks(kernel, input, async (stacks) => {
    const lap = stopwatch();
    const grams = { b: await stacks.b.gram(), a: await stacks.a.gram() };
    const gram = lap();
    const analysis = await analyseModule(kernel, input, grams, goalOf(plan));
    const publication = await publishModule(kernel, analysis, plan);
    const solve = lap();
    const factors = await project(stacks, publication, input, plan);
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

/** What the plan needs of the spectrum; a method that does not cut it is compared at FLoRIST's default. */
function goalOf({ method, rank }: ModulePlan): SpectrumGoal {
  if (method !== 'florist') return { energy: TAU_DEFAULT, rank: 1 };
  return rank.policy === 'energy' ? { energy: rank.tau, rank: 1 } : { energy: 0, rank: rank.rank };
}

async function project(
  stacks: ModuleStacks,
  { pair }: Publication,
  { shape: [m, n] }: ModuleInput,
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

/** 1 − error² / E, which for a truncated spectrum is Σ_{i≤p} σ_i² / Σ σ_i²; an error beyond E keeps nothing. */
function energyKept({ energy }: ModuleMeasure, squaredError: number): number {
  if (squaredError === 0) return 1;
  return energy > 0 ? Math.max(0, 1 - squaredError / energy) : 0;
}
