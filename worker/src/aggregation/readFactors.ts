import type { FactorPair } from '@florist/core/florist/moduleReport';
import type { RawMatrix } from '@florist/core/kernel/kernel';
import type { FactorSpan } from '@florist/core/peft/adapterFile';
import type { Blobs } from '@florist/storage/blobs/blobs';
import type { ModuleHolder } from './findModule.js';
import { inParallel } from './inParallel.js';

/** Clients whose factors are read at a time: the thread pool that reads files has four threads. */
const READS_MAX = 8;

/** Factors begin at multiples of this in memory, which aligns every element type. */
export const ALIGNMENT = 8;

/**
 * The factors of one module from the byte ranges that hold them, in the order of `holders`.
 *
 * @param allocate memory for one or both factors of a client, aligned to any element wherever they lie in the file
 */
export async function readFactors(
  blobs: Pick<Blobs, 'readInto'>,
  holders: readonly ModuleHolder[],
  allocate: (bytes: number) => Uint8Array,
): Promise<FactorPair[]> {
  const read = async (key: string, begin: number, end: number): Promise<Uint8Array> => {
    const bytes = allocate(end - begin);
    await blobs.readInto(key, bytes, begin);
    return bytes;
  };
  return inParallel(holders, READS_MAX, async ({ client: { blob }, module: { a, b } }) => {
    if (adjoin(a, b)) {
      const both = await read(blob, a.begin, b.end);
      const split = b.begin - a.begin;
      return { a: toMatrix(a, both.subarray(0, split)), b: toMatrix(b, both.subarray(split)) };
    }
    const [ofA, ofB] = await Promise.all([read(blob, a.begin, a.end), read(blob, b.begin, b.end)]);
    return { a: toMatrix(a, ofA), b: toMatrix(b, ofB) };
  });
}

/** Whether one read fetches both: PEFT writes a module's A right before its B. */
function adjoin(a: FactorSpan, b: FactorSpan): boolean {
  return a.end === b.begin && (a.end - a.begin) % ALIGNMENT === 0;
}

function toMatrix({ dtype, rows, cols }: FactorSpan, bytes: Uint8Array): RawMatrix {
  return { dtype, rows, cols, bytes };
}
