import { BlobMissing } from './blobMissing.js';
import type { Blobs } from './blobs.js';

/**
 * All bytes of a small blob.
 * @throws BlobMissing
 */
export async function readBlob(blobs: Blobs, key: string): Promise<Buffer> {
  const found = await blobs.stat(key);
  if (found === undefined) throw new BlobMissing(key);
  return blobs.read(key, 0, found.bytes);
}
