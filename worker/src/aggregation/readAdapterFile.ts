import type { AdapterFile } from '@florist/core/peft/adapterFile';
import { readAdapter } from '@florist/core/peft/readAdapter';
import { readConfig } from '@florist/core/peft/readConfig';
import type { Blobs } from '@florist/storage/blobs/blobs';
import { ADAPTER_FILE, CONFIG_FILE } from '@florist/storage/blobs/keys';
import { readBlob } from '@florist/storage/blobs/readBlob';
import { readTensorHeader } from '@florist/storage/blobs/readTensorHeader';

/**
 * What the submission in `folder` declares, from its config and the header of its adapter; no tensor is read.
 *
 * @throws BlobMissing when one of the two files is gone
 */
export async function readAdapterFile(blobs: Blobs, folder: string): Promise<AdapterFile> {
  const [header, config] = await Promise.all([
    readTensorHeader(blobs, folder + ADAPTER_FILE),
    readBlob(blobs, folder + CONFIG_FILE),
  ]);
  return readAdapter(header, readConfig(JSON.parse(config.toString('utf8'))));
}
