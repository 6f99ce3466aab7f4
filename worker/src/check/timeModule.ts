import { aggregateModule } from '@florist/core/florist/aggregateModule';
import { heldModule } from '@florist/core/florist/heldModule';
import type { ModuleClient, ModuleSource } from '@florist/core/florist/moduleReport';
import { fromFloats } from '@florist/core/kernel/convert';
import type { Kernel, RawMatrix } from '@florist/core/kernel/kernel';

/** The module that the design is measured by: LLaMA-7B's q_proj, from eight clients of mixed ranks. */
const SIDE = 4096;
const RANKS = [4, 4, 8, 8, 16, 16, 32, 64];
/** How the directions of one client's update fall off, as those of trained adapters do. */
const DECAY = 0.8;
const RUNS = 15;

/** Median milliseconds of one module. */
export interface ModuleTimes {
  gram: number;
  solve: number;
  project: number;
  total: number;
}

/** Times the aggregation of one 4096 × 4096 module from raw float16 factors, without reading them. */
export async function timeModule(kernel: Kernel): Promise<ModuleTimes> {
  const source = randomModule();
  const plan = { method: 'florist', rank: { policy: 'energy', tau: 0.9 }, dtype: 'F32' } as const;
  const runs: ModuleTimes[] = [];
  // the first runs open sessions and compile
  for (let run = -3; run < RUNS; run++) {
    const begin = performance.now();
    const { report } = await aggregateModule(kernel, source, plan);
    const total = performance.now() - begin;
    const { gram, solve, project } = report.seconds;
    if (run >= 0) runs.push({ gram: 1000 * gram, solve: 1000 * solve, project: 1000 * project, total });
  }
  const median = (step: keyof ModuleTimes) =>
    runs.map((run) => run[step]).sort((x, y) => x - y)[RUNS >> 1] ?? 0;
  return { gram: median('gram'), solve: median('solve'), project: median('project'), total: median('total') };
}

function randomModule(): ModuleSource {
  const clients = RANKS.map((rank): ModuleClient => {
    const b = randomFactor(SIDE, rank, (at) => DECAY ** (at % rank));
    const a = randomFactor(rank, SIDE, () => 1);
    return { weight: 1 / RANKS.length, scale: 2, rank, b, a };
  });
  return heldModule({ name: 'model.layers.0.self_attn.q_proj', shape: [SIDE, SIDE], clients });
}

function randomFactor(rows: number, cols: number, size: (at: number) => number): RawMatrix {
  const values = Float32Array.from({ length: rows * cols }, (_, at) => size(at) * (Math.random() - 0.5));
  return { dtype: 'F16', rows, cols, bytes: fromFloats(values, 'F16') };
}
