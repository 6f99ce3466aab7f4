import type { AdapterFile } from '@florist/core/peft/adapterFile';
import { readAdapter } from '@florist/core/peft/readAdapter';
import { readConfig } from '@florist/core/peft/readConfig';
import { parseHeader, type SafetensorsHeader } from '@florist/core/safetensors/parseHeader';
import { LENGTH_BYTES, readHeaderLength } from '@florist/core/safetensors/readHeaderLength';
import { BlobMissing } from '@florist/storage/blobs/blobMissing';
import type { Blobs } from '@florist/storage/blobs/blobs';
import { ADAPTER_FILE, CONFIG_FILE } from '@florist/storage/blobs/keys';

/** Bytes of the first read: the whole header of an adapter of some hundred modules. */
const FIRST_READ_BYTES = 64 * 1024;

/**
 * What the submission in `folder` declares, from its config and the header of its adapter; no tensor is read.
 *
 * @throws BlobMissing when one of the two files is gone
 */
export async function readAdapterFile(blobs: Blobs, folder: string): Promise<AdapterFile> {
  const [header, config] = await Promise.all([
    readHeaderOf(blobs, folder + ADAPTER_FILE),
    readWhole(blobs, folder + CONFIG_FILE),
  ]);
  return readAdapter(header, readConfig(JSON.parse(config.toString('utf8'))));
}

async function readHeaderOf(blobs: Blobs, key: string): Promise<SafetensorsHeader> {
  const fileBytes = await sizeOf(blobs, key);
  const first = await blobs.read(key, 0, Math.min(fileBytes, FIRST_READ_BYTES));
  const headerEnd = fileBytes < LENGTH_BYTES ? fileBytes : LENGTH_BYTES + readHeaderLength(first);
  const start =
    headerEnd <= first.byteLength ? first : await blobs.read(key, 0, Math.min(fileBytes, headerEnd));
  return parseHeader(start, fileBytes);
}

async function readWhole(blobs: Blobs, key: string): Promise<Buffer> {
  return blobs.read(key, 0, await sizeOf(blobs, key));
}

async function sizeOf(blobs: Blobs, key: string): Promise<number> {
  const found = await blobs.stat(key);
  if (found === undefined) throw new BlobMissing(key);
  return found.bytes;
}
