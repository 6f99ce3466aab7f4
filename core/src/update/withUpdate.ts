import { UPDATE_TOLERANCE } from '../florist/constants.js';
import type { ModuleClient, ModuleSource } from '../florist/moduleReport.js';
import type { Kernel, RawMatrix, Update } from '../kernel/kernel.js';
import { commonFactor } from '../methods/commonFactor.js';
import { clientBatches } from './clientBatches.js';
import { type FactorMeans, factorMeans } from './factorMeans.js';

/** What is kept of a module's clients once all have passed by: nothing in it grows with their number. */
export interface Accumulated {
  readonly update: Update;
  /** ‖ΔW‖_F². */
  readonly energy: number;
  /** σ at or below this are what rounding leaves of terms that cancel; 0 where every term is zero. */
  readonly resolution: number;
  /** ΔW is zero, or what rounding leaves of terms that cancel. */
  readonly degenerate: boolean;
  readonly means: FactorMeans;
  /** The A that all clients hold, as FFA-LoRA supposes; absent where they differ. */
  readonly sharedA?: RawMatrix;
}

/** Reads a module's clients batch by batch into ΔW, hands it to `use`, and frees it whatever happens. */
export async function withUpdate<T>(
  kernel: Kernel,
  source: ModuleSource,
  use: (accumulated: Accumulated) => Promise<T>,
): Promise<T> {
  const update = await kernel.update(...source.shape);
  try {
    return await use(await accumulate(update, source));
  } finally {
    update.release();
  }
}

async function accumulate(update: Update, source: ModuleSource): Promise<Accumulated> {
  const rankMax = source.shares.reduce((largest, { rank }) => Math.max(largest, rank), 0);
  const means = factorMeans(source.shape, rankMax);
  const common = commonFactor();
  let shared = true;
  for await (const clients of clientBatches(source)) {
    await update.add(clients.map(partOf));
    for (const client of clients) {
      means.add(client);
      shared &&= common.add(client.a);
    }
  }
  const energy = update.energy();
  const reach = means.reach();
  if (!Number.isFinite(energy)) throw new Error(`${source.name}: the update is not finite`);
  const resolution = UPDATE_TOLERANCE * reach;
  const degenerate = !(Math.sqrt(energy) > resolution);
  const widest = common.widest();
  return { update, energy, resolution, degenerate, means, ...(shared && widest && { sharedA: widest }) };
}

const partOf = ({ weight, scale, a, b }: ModuleClient) => ({ factor: weight * scale, a, b });
