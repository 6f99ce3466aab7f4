import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { SendableFile } from '../../../files/sendFile.js';

/** A JSON file that is in memory, with its hash as its tag. */
export function toDocument(content: Buffer): SendableFile {
  return {
    mediaType: 'application/json',
    bytes: content.byteLength,
    tag: createHash('sha256').update(content).digest('hex'),
    open: async ({ begin, end }) => Readable.from([content.subarray(begin, end)]),
  };
}
