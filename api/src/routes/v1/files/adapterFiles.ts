import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { publishedAdapter } from '@florist/storage/adapters/publishedAdapter';
import { BlobMissing } from '@florist/storage/blobs/blobMissing';
import { ADAPTER_FILE, CONFIG_FILE, SPECTRUM_FILE } from '@florist/storage/blobs/keys';
import type { SendableFile } from '../../../files/sendFile.js';
import type { Services } from '../../../services.js';

type Stores = Pick<Services, 'ledger' | 'blobs'>;

/** Which published adapter a URL names. */
export interface AdapterAddress {
  federation: string;
  round: string;
  /** The current one when left out. */
  adapter?: string | undefined;
}

/** The tensors of a published adapter; they are streamed, and their hash is known since publication. */
export async function adapterModel(
  { ledger, blobs }: Stores,
  address: AdapterAddress,
): Promise<SendableFile> {
  const { adapter, folder } = await locate(ledger, address);
  const key = `${folder}${ADAPTER_FILE}`;
  if (adapter.result === undefined) {
    throw new BlobMissing(key);
  }
  const { bytes, sha256 } = adapter.result;
  const mediaType = 'application/octet-stream';
  return { name: ADAPTER_FILE, mediaType, bytes, sha256, open: (range) => blobs.stream(key, range) };
}

export async function adapterConfig(
  { ledger, blobs }: Stores,
  address: AdapterAddress,
): Promise<SendableFile> {
  const { folder } = await locate(ledger, address);
  return { ...(await readDocument(blobs, `${folder}${CONFIG_FILE}`)), name: CONFIG_FILE };
}

export async function adapterSpectrum(
  { ledger, blobs }: Stores,
  address: AdapterAddress,
): Promise<SendableFile> {
  const { folder } = await locate(ledger, address);
  return readDocument(blobs, `${folder}${SPECTRUM_FILE}`);
}

function locate(ledger: Stores['ledger'], { federation, round, adapter }: AdapterAddress) {
  return publishedAdapter(
    ledger,
    federation,
    round === 'latest' ? round : Number(round),
    adapter ?? 'current',
  );
}

/** A JSON file, small beside an adapter, is read whole so that its hash can be its tag. */
async function readDocument(blobs: Stores['blobs'], key: string): Promise<SendableFile> {
  const stat = await blobs.stat(key);
  if (stat === undefined) {
    throw new BlobMissing(key);
  }
  const content = await blobs.read(key, 0, stat.bytes);
  return {
    mediaType: 'application/json',
    bytes: content.byteLength,
    sha256: createHash('sha256').update(content).digest('hex'),
    open: async ({ begin, end }) => Readable.from([content.subarray(begin, end)]),
  };
}
