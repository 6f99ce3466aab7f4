import { aggregateModule } from '@florist/core/florist/aggregateModule';
import { toFloat64 } from '@florist/core/kernel/convert';
import type { Kernel } from '@florist/core/kernel/kernel';
import { distance } from './distance.js';
import { type GoldenModule, readGolden } from './readGolden.js';

const TAUS = ['0.9', '0.99'];
/** Of ‖ΔW‖, in float32 output. */
const ERROR_MAX = 1e-5;

export interface GoldenCheck {
  modules: number;
  /** What disagrees with the exact answers; empty when all is well. */
  failures: string[];
  /** The largest departure from the best truncation, as a share of ‖ΔW‖. */
  worst: number;
}

/** Aggregates every golden case with a kernel and compares with the exact answers. */
export async function checkGolden(kernel: Kernel): Promise<GoldenCheck> {
  const modules = await readGolden();
  const check: GoldenCheck = { modules: modules.length, failures: [], worst: 0 };
  for (const module of modules) {
    for (const tau of TAUS) {
      const { off, rank } = await departure(kernel, module, tau);
      check.worst = Math.max(check.worst, off);
      const agrees = rank === Math.max(1, module.rankAt[tau] ?? 0) && off <= ERROR_MAX;
      if (!agrees) check.failures.push(`${module.name} at τ = ${tau}: rank ${rank}, off by ${off}`);
    }
  }
  return check;
}

/**
 * How far the made adapter is from the best truncation of its rank, as a share of ‖ΔW‖. By Eckart and Young
 * nothing of that rank is closer to ΔW, so what it is further away, in squares, is its own squared error.
 */
async function departure(
  kernel: Kernel,
  { source, delta, energy, singularValues }: GoldenModule,
  tau: string,
): Promise<{ off: number; rank: number }> {
  const policy = { policy: 'energy', tau: Number(tau) } as const;
  const { report, a, b } = await aggregateModule(kernel, source, {
    method: 'florist',
    rank: policy,
    dtype: 'F32',
  });
  const {
    rank,
    shape: [m, n],
  } = report;
  const made = distance(
    delta,
    { shape: [m, rank], values: toFloat64(b, 'F32') },
    { shape: [rank, n], values: toFloat64(a, 'F32') },
  );
  const best = Math.hypot(...singularValues.slice(rank));
  return { rank, off: energy === 0 ? made : Math.sqrt(Math.abs(made ** 2 - best ** 2) / energy) };
}
