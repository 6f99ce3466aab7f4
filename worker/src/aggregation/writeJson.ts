import type { Blobs } from '@florist/storage/blobs/blobs';
import { encodeJson } from './encodeJson.js';

export async function writeJson(blobs: Blobs, key: string, value: object): Promise<void> {
  await blobs.write(key, encodeJson(value));
}
