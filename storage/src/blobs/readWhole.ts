import { BlobMissing } from './blobMissing.js';
import type { Blobs } from './blobs.js';
import { readBlob } from './readBlob.js';

/** All bytes of a small blob; undefined when there is none. */
export async function readWhole(blobs: Blobs, key: string): Promise<Buffer | undefined> {
  try {
    return await readBlob(blobs, key);
  } catch (error) {
    if (error instanceof BlobMissing) return undefined;
    throw error;
  }
}
