import type { ModuleMeasure } from './moduleReport.js';
import { numericalRank } from './numericalRank.js';

export type ModuleSpectrum = Pick<ModuleMeasure, 'shape' | 'singularValues'>;

/** Room for one more rank of one module, and what it is worth. */
interface Step {
  readonly module: number;
  /** The rank that the module has before this step. */
  readonly rank: number;
  readonly energy: number;
  readonly cost: number;
}

/**
 * Ranks that keep as much energy Σ σ² of the whole adapter as can be had, to within one rank of one module, where a
 * rank of each costs `costs` and all together at most `budget`. Every module gets at least 1, which must fit, and none more than its numerical rank.
 *
 * Steps are taken by energy per cost until none fits. That is the optimum of the continuous problem; what whole
 * ranks lose is less than one rank of one module, and where filling up the largest uniform rank keeps more, that is
 * returned instead, so no uniform rank of the same cost is ever better.
 */
export function allot(
  spectra: readonly ModuleSpectrum[],
  costs: readonly number[],
  budget: number,
): number[] {
  const most = spectra.map(({ singularValues }) => Math.max(1, numericalRank(singularValues)));
  const steps = stepsByDensity(spectra, costs, most);
  const greedy = fill(
    spectra.map(() => 1),
    steps,
    costs,
    budget,
  );
  const uniform = fill(largestUniform(costs, most, budget), steps, costs, budget);
  return energyOf(uniform, spectra) > energyOf(greedy, spectra) ? uniform : greedy;
}

/** Every step beyond rank 1, the most energy per cost first; the steps of one module come in their order. */
function stepsByDensity(
  spectra: readonly ModuleSpectrum[],
  costs: readonly number[],
  most: readonly number[],
): Step[] {
  const steps: Step[] = [];
  for (const [module, { singularValues }] of spectra.entries()) {
    for (let rank = 1; rank < most[module]; rank++) {
      steps.push({ module, rank, energy: singularValues[rank] ** 2, cost: costs[module] });
    }
  }
  return steps.sort(
    (x, y) => y.energy / y.cost - x.energy / x.cost || x.module - y.module || x.rank - y.rank,
  );
}

/** Takes every step that fits, from `ranks` on. */
function fill(
  start: readonly number[],
  steps: readonly Step[],
  costs: readonly number[],
  budget: number,
): number[] {
  const ranks = [...start];
  let left = budget - ranks.reduce((sum, rank, module) => sum + rank * costs[module], 0);
  for (const { module, rank, cost } of steps) {
    if (ranks[module] !== rank || cost > left) continue;
    ranks[module]++;
    left -= cost;
  }
  return ranks;
}

function largestUniform(costs: readonly number[], most: readonly number[], budget: number): number[] {
  const highest = most.reduce((largest, rank) => Math.max(largest, rank), 1);
  let ranks = most.map(() => 1);
  for (let p = 2; p <= highest; p++) {
    const next = most.map((rank) => Math.min(rank, p));
    if (next.reduce((sum, rank, module) => sum + rank * costs[module], 0) > budget) break;
    ranks = next;
  }
  return ranks;
}

function energyOf(ranks: readonly number[], spectra: readonly ModuleSpectrum[]): number {
  let energy = 0;
  for (const [module, { singularValues }] of spectra.entries()) {
    for (let i = 0; i < ranks[module] && i < singularValues.length; i++) energy += singularValues[i] ** 2;
  }
  return energy;
}
