import type { Blobs } from '@florist/storage/blobs/blobs';

export async function writeJson(blobs: Blobs, key: string, value: object): Promise<void> {
  await blobs.write(key, Buffer.from(JSON.stringify(value)));
}
