import { createHash } from 'node:crypto';
import type { Blobs } from '@florist/storage/blobs/blobs';

/** @returns SHA-256 of the file */
export async function writeJson(blobs: Blobs, key: string, value: object): Promise<string> {
  const content = Buffer.from(JSON.stringify(value));
  await blobs.write(key, content);
  return createHash('sha256').update(content).digest('hex');
}
