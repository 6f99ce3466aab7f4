import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Blobs } from './blobs.js';
import { folderBlobs } from './folderBlobs.js';

/**
 * The blobs at a URL: `file:///absolute/path`, or `file:relative/path` counted from the working directory.
 * @throws Error with one clear line for a place that Florist cannot use, and the errno code where there is one
 */
export async function openBlobs(url: string): Promise<Blobs> {
  try {
    return await folderBlobs(folderAt(url));
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    const code = 'code' in cause ? { code: cause.code } : {};
    throw Object.assign(new Error(`FLORIST_BLOB_URL ${url}: ${cause.message}`, { cause }), code);
  }
}

function folderAt(url: string): string {
  if (!url.startsWith('file:')) throw new Error('give a file: URL of a folder');
  const path = url.slice('file:'.length);
  return path.startsWith('/') ? fileURLToPath(url) : resolve(decodeURIComponent(path));
}
