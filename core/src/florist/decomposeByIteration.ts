import { findLeading } from '../iteration/findLeading.js';
import { gramOperator } from '../iteration/gramOperator.js';
import type { Kernel } from '../kernel/kernel.js';
import { scaleRow } from '../linalg/scaleRow.js';
import type { BalancedStack } from './balance.js';
import type { Decomposition, SpectrumGoal } from './decomposition.js';

/**
 * The leading singular values of ΔW from the Gram matrices of its stack: the energy is known beforehand, so the
 * iteration ends when enough of it is found.
 *
 * @returns undefined where the spectrum is too flat for that to be soon
 */
export async function decomposeByIteration(
  kernel: Kernel,
  stack: BalancedStack,
  goal: SpectrumGoal,
  pathReason: string,
): Promise<Decomposition | undefined> {
  const r = stack.rank;
  const energy = stack.energy / (stack.unit * stack.unit);
  const found = await findLeading(gramOperator(kernel, stack.b, stack.a, r), energy, goal);
  if (found === undefined) return undefined;
  const captured = found.values.reduce((sum, value) => sum + value, 0);
  return {
    path: 'iteration',
    pathReason: `${pathReason}; ${found.dimension} vectors sufficed`,
    stack,
    singularValues: found.values.map((value) => stack.unit * Math.sqrt(Math.max(0, value))),
    restEnergy: Math.max(0, energy - captured) * stack.unit * stack.unit,
    async rows(p) {
      const ofB = found.x.slice(0, p * r);
      const ofA = found.z.slice(0, p * r);
      for (let i = 0; i < p; i++) {
        const sigma = Math.sqrt(found.values[i]);
        scaleRow(ofB, i, sigma, r);
        scaleRow(ofA, i, 1 / sigma, r);
      }
      return { ofB, ofA, lead: ofB };
    },
  };
}
