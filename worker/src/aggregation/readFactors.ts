import type { FactorPair } from '@florist/core/florist/moduleReport';
import type { RawMatrix } from '@florist/core/kernel/kernel';
import type { FactorSpan } from '@florist/core/peft/adapterFile';
import type { Blobs } from '@florist/storage/blobs/blobs';
import type { ModuleHolder } from './findModule.js';
import { inParallel } from './inParallel.js';

/** Clients whose factors are read at a time: the thread pool that reads files has four threads. */
const READS_MAX = 8;

/**
 * The factors of one module from the byte ranges that hold them, in the order of `holders`.
 *
 * @param allocate memory for the bytes of one factor, aligned to its elements wherever these lie in the file
 */
export async function readFactors(
  blobs: Blobs,
  holders: readonly ModuleHolder[],
  allocate: (bytes: number) => Uint8Array,
): Promise<FactorPair[]> {
  const read = async (key: string, { dtype, rows, cols, begin, end }: FactorSpan): Promise<RawMatrix> => {
    const bytes = allocate(end - begin);
    await blobs.readInto(key, bytes, begin);
    return { dtype, rows, cols, bytes };
  };
  return inParallel(holders, READS_MAX, async ({ client: { blob }, module }) => {
    const [a, b] = await Promise.all([read(blob, module.a), read(blob, module.b)]);
    return { a, b };
  });
}
