import { heldModule } from '../../src/florist/heldModule.js';
import type { ModuleClient, ModuleInput } from '../../src/florist/moduleReport.js';
import { referenceKernel } from '../../src/kernel/referenceKernel.js';
import { addModuleProducts } from '../../src/weighting/addModuleProducts.js';
import { type ClientProducts, clientProducts } from '../../src/weighting/clientProducts.js';
import { denseClient, rawOf } from '../florist/modules.js';
import { matrix, normals } from '../linalg/dense.js';

/** What a client of an adversarial round sends, beside what an honest one would have. */
export type Conduct = 'honest' | 'scaled' | 'flipped' | 'random' | 'silent';

const SHAPES = [
  [12, 9],
  [7, 15],
] as const;
const RANK = 2;

/**
 * Two modules of clients who learn a common direction, with noise of their own in B, in bases of their own. The
 * malicious multiply by 100, turn round, or send noise of the size of an update.
 */
export function roundOf(conducts: readonly Conduct[], seed: number, noise = 0.3): ModuleInput[] {
  const next = normals(seed);
  return SHAPES.map(([m, n], at) => {
    const common = matrix(m, RANK, next);
    const a = matrix(RANK, n, next);
    const clients = conducts.map((conduct): ModuleClient => {
      const own = matrix(m, RANK, (i, j) => common[i * RANK + j] + noise * next());
      const random = matrix(m, RANK, () => 2 * next());
      const b = conduct === 'random' ? random : own.map((x) => x * FACTORS[conduct]);
      return {
        rank: RANK,
        scale: 2,
        weight: 1 / conducts.length,
        b: rawOf(b, m, RANK),
        a: rawOf(a, RANK, n),
      };
    });
    return { name: `layers.${at}.q_proj`, shape: [m, n], clients };
  });
}

const FACTORS: Record<Exclude<Conduct, 'random'>, number> = {
  honest: 1,
  scaled: 100,
  flipped: -1,
  silent: 0,
};

/** ΔW_k over all modules, as one vector. */
export function denseUpdates(modules: readonly ModuleInput[]): Float64Array[] {
  return modules[0].clients.map((_, k) =>
    Float64Array.from(modules.flatMap(({ clients }) => [...denseClient(clients[k])])),
  );
}

/** Inner products over all modules, through Gram blocks. */
export async function productsOf(modules: readonly ModuleInput[]): Promise<ClientProducts> {
  const positions = [...modules[0].clients.keys()];
  const sums = clientProducts('triangle', positions.length);
  for (const input of modules)
    await addModuleProducts(referenceKernel, heldModule(input), positions, sums, true);
  return sums;
}

export function dot(x: Float64Array, y: Float64Array): number {
  return x.reduce((sum, value, i) => sum + value * y[i], 0);
}

/** Σ w_k x_k. */
export function mix(vectors: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const sum = new Float64Array(vectors[0].length);
  for (const [k, vector] of vectors.entries())
    for (const [i, x] of vector.entries()) sum[i] += weights[k] * x;
  return sum;
}
