import type { Blobs } from '@florist/storage/blobs/blobs';
import { readWhole } from '@florist/storage/blobs/readWhole';

/** The JSON in a blob that this service wrote itself, or undefined when there is none. */
export async function readJson<T>(blobs: Blobs, key: string): Promise<T | undefined> {
  const bytes = await readWhole(blobs, key);
  return bytes && (JSON.parse(bytes.toString('utf8')) as T);
}
