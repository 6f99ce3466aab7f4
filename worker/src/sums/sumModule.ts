import { aggregateModule } from '@florist/core/florist/aggregateModule';
import { heldModule } from '@florist/core/florist/heldModule';
import type {
  ModuleAdapter,
  ModuleClient,
  ModulePlan,
  ModuleReport,
} from '@florist/core/florist/moduleReport';
import type { Kernel } from '@florist/core/kernel/kernel';
import type { Blobs } from '@florist/storage/blobs/blobs';
import { findModule, type ModuleHolder } from '../aggregation/findModule.js';
import { inParallel } from '../aggregation/inParallel.js';
import { readFactors } from '../aggregation/readFactors.js';
import type { StackSource } from '../aggregation/roundClient.js';
import { groupTerms } from './groupTerms.js';

/** Terms whose factors are read at a time: the thread pool that reads files has four threads. */
const READS_MAX = 8;

/** What is added up before the last step loses nothing that float32 can hold. */
const LOSSLESS: ModulePlan = { method: 'florist', rank: { policy: 'energy', tau: 1 }, dtype: 'F32' };

/** One term of a sum, whose factors are read when its turn comes. */
interface Term {
  rank: number;
  read(): Promise<ModuleClient>;
}

/**
 * One module of a sum of adapters: their factors stacked with weight 1, and recompressed as `plan` says. Where the
 * stack would be so high that r-space costs more than everything else, neighbours are added up first, and their sums
 * then; the rank of a partial sum never exceeds that of the matrix, so the work grows with the number of terms and
 * memory does not.
 *
 * @throws Refusal dtype_overflow
 */
export async function sumModule(
  kernel: Kernel,
  blobs: Blobs,
  sources: readonly StackSource[],
  name: string,
  plan: ModulePlan,
): Promise<ModuleAdapter> {
  const having = findModule(sources, name);
  const { shape } = having[0].module;
  const add = async (terms: readonly Term[], how: ModulePlan) => {
    const clients = await inParallel(terms, READS_MAX, (term) => term.read());
    return aggregateModule(kernel, heldModule({ name, shape, clients }), how);
  };
  let terms: Term[] = having.map((holder) => ({
    rank: holder.module.rank,
    read: () => readHolder(blobs, holder),
  }));
  for (;;) {
    const groups = groupTerms(terms);
    if (groups.length === 1) return add(terms, plan);
    const sums: Term[] = [];
    for (const group of groups) {
      const [only] = group;
      if (only !== undefined && group.length === 1) sums.push(only);
      else sums.push(termOf(await add(group, LOSSLESS)));
    }
    terms = sums;
  }
}

async function readHolder(blobs: Blobs, holder: ModuleHolder): Promise<ModuleClient> {
  const { client, module } = holder;
  const [pair] = await readFactors(blobs, [holder], (bytes) => new Uint8Array(bytes));
  if (pair === undefined) throw new Error(`${module.name} of ${client.blob} was not read`);
  return { weight: client.weight, scale: module.scale, rank: module.rank, ...pair };
}

function termOf({ report: { rank, shape }, a, b }: ModuleAdapter): Term {
  const client = clientOf(rank, shape, a, b);
  return { rank, read: async () => client };
}

function clientOf(rank: number, [m, n]: ModuleReport['shape'], a: Uint8Array, b: Uint8Array): ModuleClient {
  return {
    ...{ weight: 1, scale: 1, rank },
    a: { dtype: 'F32', rows: rank, cols: n, bytes: a },
    b: { dtype: 'F32', rows: m, cols: rank, bytes: b },
  };
}
