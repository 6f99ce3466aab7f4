import type { Blobs } from '@florist/storage/blobs/blobs';

/** The JSON in a blob that this service wrote itself, or undefined when there is none. */
export async function readJson<T>(blobs: Blobs, key: string): Promise<T | undefined> {
  const found = await blobs.stat(key);
  if (found === undefined) return undefined;
  const bytes = await blobs.read(key, 0, found.bytes);
  return JSON.parse(bytes.toString('utf8')) as T;
}
