import type { Blobs } from '../blobs/blobs.js';

/** Bytes of the blobs under these keys; those that end in '/' are folders, and what is gone counts nothing. */
export async function sizeOf(blobs: Blobs, keys: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const key of keys) {
    if (!key.endsWith('/')) bytes += (await blobs.stat(key))?.bytes ?? 0;
    else for await (const each of blobs.list(key)) bytes += (await blobs.stat(each))?.bytes ?? 0;
  }
  return bytes;
}
