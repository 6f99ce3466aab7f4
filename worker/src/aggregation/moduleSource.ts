import type { ModuleSource } from '@florist/core/florist/moduleReport';
import type { Blobs } from '@florist/storage/blobs/blobs';
import type { ModuleHolder } from './findModule.js';
import { readFactors } from './readFactors.js';

/** A module whose factors are read from their files when they are asked for. */
export function moduleSource(
  blobs: Pick<Blobs, 'readInto'>,
  holders: readonly [ModuleHolder, ...ModuleHolder[]],
): ModuleSource {
  const [{ module }] = holders;
  return {
    name: module.name,
    shape: module.shape,
    shares: holders.map(({ client: { weight }, module: { scale, rank } }) => ({ weight, scale, rank })),
    read: (from, to) => readFactors(blobs, holders.slice(from, to), (bytes) => new Uint8Array(bytes)),
  };
}
