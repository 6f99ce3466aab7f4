import { parseHeader, type SafetensorsHeader } from '@florist/core/safetensors/parseHeader';
import { LENGTH_BYTES, readHeaderLength } from '@florist/core/safetensors/readHeaderLength';
import { BlobMissing } from './blobMissing.js';
import type { Blobs } from './blobs.js';

/** Bytes of the first read: the whole header of an adapter of some hundred modules. */
const FIRST_READ_BYTES = 64 * 1024;

/**
 * The header of a safetensors file that was checked when it was written; its tensors are not read.
 *
 * @throws BlobMissing
 */
export async function readTensorHeader(blobs: Blobs, key: string): Promise<SafetensorsHeader> {
  const stat = await blobs.stat(key);
  if (stat === undefined) throw new BlobMissing(key);
  const first = await blobs.read(key, 0, Math.min(stat.bytes, FIRST_READ_BYTES));
  const headerEnd = LENGTH_BYTES + readHeaderLength(first);
  const start = headerEnd <= first.byteLength ? first : await blobs.read(key, 0, headerEnd);
  return parseHeader(start, stat.bytes);
}
