import { createHash } from 'node:crypto';
import { readConfig } from '@florist/core/peft/readConfig';
import { writeConfig } from '@florist/core/peft/writeConfig';
import type { SlicePlan } from '@florist/core/slices/planSlice';
import { publishedAdapter } from '@florist/storage/adapters/publishedAdapter';
import { BlobMissing } from '@florist/storage/blobs/blobMissing';
import { ADAPTER_FILE, CONFIG_FILE, SPECTRUM_FILE, WEIGHTS_FILE } from '@florist/storage/blobs/keys';
import { readBlob } from '@florist/storage/blobs/readBlob';
import { openSlice } from '../../../files/openSlice.js';
import type { SendableFile } from '../../../files/sendFile.js';
import { roundNamed } from '../../../rounds/roundNamed.js';
import type { Services } from '../../../services.js';
import { adapterSlice, type SliceWish } from './adapterSlice.js';
import { lineageFile } from './lineageFile.js';
import { requireFiles } from './requireFiles.js';
import { toDocument } from './toDocument.js';

type Stores = Pick<Services, 'ledger' | 'blobs'>;

/** Which published adapter a URL names. */
export interface AdapterAddress {
  federation: string;
  round: string;
  /** The current one when left out. */
  adapter?: string | undefined;
}

/** The tensors of a published adapter, whole or cut; they are streamed, and their tag is known without reading. */
export async function adapterModel(
  { ledger, blobs }: Stores,
  address: AdapterAddress & SliceWish,
): Promise<SendableFile> {
  const published = await locate(ledger, address);
  requireFiles(published.round, published.adapter);
  const key = `${published.folder}${ADAPTER_FILE}`;
  const { result } = published.adapter;
  if (result === undefined) {
    throw new BlobMissing(key);
  }
  const file = { name: ADAPTER_FILE, mediaType: 'application/octet-stream' };
  const slice = await adapterSlice({ ledger, blobs }, address.federation, published, address);
  if (slice === undefined) {
    const { bytes, sha256 } = result;
    return { ...file, bytes, tag: sha256, open: (range) => blobs.stream(key, range) };
  }
  return {
    ...file,
    bytes: slice.bytes,
    tag: tagOf(result.sha256, slice),
    open: (range) => openSlice(blobs, key, slice, range),
  };
}

export async function adapterConfig(
  { ledger, blobs }: Stores,
  address: AdapterAddress & SliceWish,
): Promise<SendableFile> {
  const published = await locate(ledger, address);
  requireFiles(published.round, published.adapter);
  const slice = await adapterSlice({ ledger, blobs }, address.federation, published, address);
  const content = await readBlob(blobs, `${published.folder}${CONFIG_FILE}`);
  const config = slice === undefined ? content : cutConfig(content, slice);
  return { ...toDocument(config), name: CONFIG_FILE };
}

export async function adapterSpectrum(
  { ledger, blobs }: Stores,
  address: AdapterAddress,
): Promise<SendableFile> {
  const { folder } = await locate(ledger, address);
  return toDocument(await readBlob(blobs, `${folder}${SPECTRUM_FILE}`));
}

export async function adapterWeights(
  { ledger, blobs }: Stores,
  address: AdapterAddress,
): Promise<SendableFile> {
  const { folder } = await locate(ledger, address);
  return toDocument(await readBlob(blobs, `${folder}${WEIGHTS_FILE}`));
}

export async function adapterLineage(
  { ledger, blobs }: Stores,
  address: AdapterAddress,
): Promise<SendableFile> {
  const { folder } = await locate(ledger, address);
  return lineageFile(blobs, folder);
}

function locate(ledger: Stores['ledger'], { federation, round, adapter }: AdapterAddress) {
  return publishedAdapter(ledger, federation, roundNamed(round), adapter ?? 'current');
}

/** The adapter and the slice's header, which says what is kept of it, determine every byte of the slice. */
function tagOf(sha256: string, { header }: SlicePlan): string {
  return createHash('sha256').update(sha256).update(header).digest('hex');
}

/** The config of a slice: that of the adapter, with the modules and ranks that are left. */
function cutConfig(content: Buffer, { modules }: SlicePlan): Buffer {
  const { baseModel, taskType, fanInFanOut } = readConfig(JSON.parse(content.toString('utf8')));
  const config = writeConfig(modules, {
    fanInFanOut,
    ...(baseModel === undefined ? {} : { baseModel }),
    ...(taskType === undefined ? {} : { taskType }),
  });
  return Buffer.from(JSON.stringify(config));
}
