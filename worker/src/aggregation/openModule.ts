import { heldModule } from '@florist/core/florist/heldModule';
import type { ModuleSource } from '@florist/core/florist/moduleReport';
import { reasonToAccumulate } from '@florist/core/florist/reasonToAccumulate';
import { stackedRank } from '@florist/core/florist/stackedRank';
import type { FactorSpan } from '@florist/core/peft/adapterFile';
import type { Blobs } from '@florist/storage/blobs/blobs';
import type { BufferPool } from './bufferPool.js';
import { findModule, type ModuleHolder } from './findModule.js';
import { moduleSource } from './moduleSource.js';
import { ALIGNMENT, readFactors } from './readFactors.js';
import type { RoundClient } from './roundClient.js';

/** A module to be aggregated, and the memory that its factors take. */
export interface OpenModule {
  source: ModuleSource;
  /** Gives the memory back: the factors must not be read any more. */
  release(): void;
}

/**
 * One module of the clients that have it: with all factors in memory, or, where they are more than ΔW itself, to be
 * read as they are needed.
 *
 * @throws Error when no client has it
 */
export async function openModule(
  blobs: Pick<Blobs, 'readInto'>,
  buffers: BufferPool,
  clients: readonly RoundClient[],
  name: string,
): Promise<OpenModule> {
  const holders = findModule(clients, name);
  const source = moduleSource(blobs, holders);
  const streams = reasonToAccumulate(source.shape, stackedRank(source.shares)) !== undefined;
  return streams ? { source, release() {} } : holdModule(blobs, buffers, holders, source);
}

async function holdModule(
  blobs: Pick<Blobs, 'readInto'>,
  buffers: BufferPool,
  holders: readonly ModuleHolder[],
  { name, shape, shares }: ModuleSource,
): Promise<OpenModule> {
  const bytes = holders.reduce((sum, { module: { a, b } }) => sum + aligned(a) + aligned(b), 0);
  const buffer = buffers.take(bytes);
  let used = 0;
  const allocate = (size: number) => {
    const part = new Uint8Array(buffer, used, size);
    used += roundUp(size);
    return part;
  };
  const pairs = await readFactors(blobs, holders, allocate);
  const clients = pairs.flatMap((pair, k) => {
    const share = shares[k];
    return share === undefined ? [] : [{ ...share, ...pair }];
  });
  return { source: heldModule({ name, shape, clients }), release: () => buffers.give(buffer) };
}

const roundUp = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
const aligned = ({ begin, end }: FactorSpan): number => roundUp(end - begin);
