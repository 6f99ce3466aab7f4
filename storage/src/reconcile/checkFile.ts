import { createHash } from 'node:crypto';
import { BlobMissing } from '../blobs/blobMissing.js';
import type { Blobs } from '../blobs/blobs.js';

/** What is said of a file; the digest in hex. */
export interface ExpectedFile {
  bytes: number;
  sha256: string;
}

/**
 * What is wrong with a file, in words that follow its name; undefined when nothing is.
 * @param deep reads all of it, to compare its digest and not its size alone
 */
export async function checkFile(
  blobs: Blobs,
  key: string,
  expected: ExpectedFile,
  deep: boolean,
): Promise<string | undefined> {
  const stat = await blobs.stat(key);
  if (stat === undefined) return 'is missing';
  if (stat.bytes !== expected.bytes) return `has ${stat.bytes} bytes instead of ${expected.bytes}`;
  if (!deep) return undefined;
  try {
    const hash = createHash('sha256');
    for await (const chunk of await blobs.stream(key)) hash.update(chunk);
    return hash.digest('hex') === expected.sha256 ? undefined : 'has other bytes than its SHA-256 says';
  } catch (error) {
    if (error instanceof BlobMissing) return 'is missing';
    throw error;
  }
}
