import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Blobs } from './blobs.js';
import { folderBlobs } from './folderBlobs.js';

/**
 * The blobs at a URL: `file:///absolute/path`, or `file:relative/path` counted from the working directory.
 * @throws Error with one clear line for a place that Florist cannot use
 */
export async function openBlobs(url: string): Promise<Blobs> {
  if (url.startsWith('s3:')) {
    throw new Error(`FLORIST_BLOB_URL ${url}: this version keeps blobs in a folder only; give a file: URL.`);
  }
  if (!url.startsWith('file:')) throw new Error(`FLORIST_BLOB_URL ${url}: give a file: URL of a folder.`);
  const path = url.slice('file:'.length);
  return folderBlobs(path.startsWith('/') ? fileURLToPath(url) : resolve(decodeURIComponent(path)));
}
