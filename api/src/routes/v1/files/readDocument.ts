import { BlobMissing } from '@florist/storage/blobs/blobMissing';
import type { Services } from '../../../services.js';

/** A JSON file, small beside an adapter, is read whole so that its hash can be its tag. */
export async function readDocument(blobs: Services['blobs'], key: string): Promise<Buffer> {
  const stat = await blobs.stat(key);
  if (stat === undefined) {
    throw new BlobMissing(key);
  }
  return blobs.read(key, 0, stat.bytes);
}
