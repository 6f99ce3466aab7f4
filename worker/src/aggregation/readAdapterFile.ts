import type { AdapterFile } from '@florist/core/peft/adapterFile';
import { readAdapter } from '@florist/core/peft/readAdapter';
import { readConfig } from '@florist/core/peft/readConfig';
import { BlobMissing } from '@florist/storage/blobs/blobMissing';
import type { Blobs } from '@florist/storage/blobs/blobs';
import { ADAPTER_FILE, CONFIG_FILE } from '@florist/storage/blobs/keys';
import { readTensorHeader } from '@florist/storage/blobs/readTensorHeader';

/**
 * What the submission in `folder` declares, from its config and the header of its adapter; no tensor is read.
 *
 * @throws BlobMissing when one of the two files is gone
 */
export async function readAdapterFile(blobs: Blobs, folder: string): Promise<AdapterFile> {
  const [header, config] = await Promise.all([
    readTensorHeader(blobs, folder + ADAPTER_FILE),
    readWhole(blobs, folder + CONFIG_FILE),
  ]);
  return readAdapter(header, readConfig(JSON.parse(config.toString('utf8'))));
}

async function readWhole(blobs: Blobs, key: string): Promise<Buffer> {
  const found = await blobs.stat(key);
  if (found === undefined) throw new BlobMissing(key);
  return blobs.read(key, 0, found.bytes);
}
