import type { Kernel } from '../kernel/kernel.js';
import { clientInnerProducts } from '../methods/clientInnerProducts.js';
import { measureMethods } from '../methods/measureMethods.js';
import { type BalancedStack, balance, type Grams } from './balance.js';
import { CLIENT_PRODUCTS_MAX } from './constants.js';
import { decompose } from './decompose.js';
import type { Decomposition, SpectrumGoal } from './decomposition.js';
import type { ModuleMeasure, ModuleSource } from './moduleReport.js';
import { rankCounts } from './rankCounts.js';
import { fitsAsUpdate } from './reasonToAccumulate.js';
import { type StackLayout, stackLayout } from './stackLayout.js';
import type { ModuleStacks } from './withStacks.js';

/** Everything about a module that its Gram matrices tell. */
export interface ModuleAnalysis {
  readonly measure: ModuleMeasure;
  readonly layout: StackLayout;
  readonly grams: Grams;
  /** Absent where the module is degenerate. */
  readonly decomposition?: Decomposition;
  /** Every direction has a zero in one of its factors. */
  readonly empty: boolean;
}

/**
 * Spectrum, errors of the other methods and client inner products of one module, from its Gram matrices.
 *
 * @param goal how much of the spectrum is needed; it reaches to the largest client rank in any case
 * @returns undefined where the updates cancel each other and ΔW itself, which resolves them better, is small enough
 */
export async function analyseModule(
  kernel: Kernel,
  source: ModuleSource,
  { clients }: ModuleStacks,
  grams: Grams,
  goal: SpectrumGoal,
): Promise<ModuleAnalysis | undefined> {
  const layout = stackLayout(source.shares);
  const stack = balance(grams, layout);
  if (stack.cancels && fitsAsUpdate(source.shape)) return undefined;
  const decomposition = await decomposeUnlessZero(kernel, stack, source.shape, {
    energy: goal.energy,
    rank: Math.max(goal.rank, layout.rankMax),
  });
  const [m, n] = source.shape;
  const sigma = decomposition?.singularValues ?? new Float64Array(Math.min(layout.rank, m, n));
  const restEnergy = decomposition?.restEnergy ?? 0;
  const clientRanks = rankCounts(layout.ranks);
  const measure: ModuleMeasure = {
    name: source.name,
    shape: source.shape,
    stackedRank: layout.rank,
    clientRanks,
    energy: decomposition === undefined ? 0 : stack.energy,
    degenerate: decomposition === undefined,
    singularValues: [...sigma],
    restEnergy,
    path: decomposition?.path ?? 'gram',
    pathReason: decomposition?.pathReason ?? 'the update is zero',
    methodErrors: measureMethods(clients, layout, grams, sigma, restEnergy, clientRanks),
    ...(layout.ranks.length <= CLIENT_PRODUCTS_MAX && {
      clientProducts: [...clientInnerProducts(grams, layout)],
    }),
  };
  return { measure, layout, grams, empty: stack.unit === 0, ...(decomposition && { decomposition }) };
}

async function decomposeUnlessZero(
  kernel: Kernel,
  stack: BalancedStack,
  shape: readonly [m: number, n: number],
  goal: SpectrumGoal,
): Promise<Decomposition | undefined> {
  if (stack.degenerate) return undefined;
  const decomposition = await decompose(kernel, stack, shape, goal);
  return decomposition.singularValues[0] > 0 ? decomposition : undefined;
}
