import { BlobMissing } from './blobMissing.js';
import type { Blobs } from './blobs.js';

/** All bytes of a small blob; undefined when there is none. */
export async function readWhole(blobs: Blobs, key: string): Promise<Buffer | undefined> {
  try {
    const stat = await blobs.stat(key);
    return stat && (await blobs.read(key, 0, stat.bytes));
  } catch (error) {
    if (error instanceof BlobMissing) return undefined;
    throw error;
  }
}
