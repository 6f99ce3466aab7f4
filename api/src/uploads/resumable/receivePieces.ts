import { Outage } from '@florist/core/errors/outage';
import { Refusal } from '@florist/core/errors/refusal';
import { AdapterScanner } from '@florist/core/safetensors/adapterScanner';
import type { FastifyBaseLogger } from 'fastify';
import type { Services } from '../../services.js';
import { formRefusal } from '../formRefusal.js';
import { ADAPTER_BYTES_MAX } from '../limits.js';
import type { BodyChecksum } from './bodyChecksum.js';
import { type PieceTarget, PieceWriter } from './pieceWriter.js';

export interface IncomingPieces extends Omit<PieceTarget, 'atOnce'> {
  /** Bytes of the whole upload. */
  length: number;
  body: AsyncIterable<Uint8Array>;
  checksum: BodyChecksum | undefined;
  /** Told of the size of every part that comes in. */
  received(bytes: number): void;
  /** The service stops: what has come is kept, and the client goes on elsewhere. */
  stopping: AbortSignal;
}

/**
 * Takes in what one request adds to an upload, and gives back the offset that it has reached. When the connection
 * breaks or the service stops, what has come by then is kept; a body with a checksum counts whole or not at all.
 * @throws Refusal request_invalid, request_too_large, checksum_mismatch, storage_full, service_unavailable, those of
 * advanceUpload, and those of the safetensors and tensor codes
 */
export async function receivePieces(
  stores: Pick<Services, 'ledger' | 'blobs'>,
  incoming: IncomingPieces,
  log: FastifyBaseLogger,
): Promise<number> {
  const writer = new PieceWriter(stores, { ...incoming, atOnce: incoming.checksum !== undefined });
  try {
    await takeIn(writer, incoming);
    incoming.checksum?.verify();
    await writer.finish();
    return writer.offset;
  } catch (error) {
    await keep(writer, incoming.checksum === undefined).catch((failure: unknown) => {
      log.warn({ err: failure, upload: incoming.upload }, 'upload not kept up to where it broke off');
    });
    throw formRefusal(error);
  }
}

async function keep(writer: PieceWriter, wanted: boolean): Promise<void> {
  try {
    if (wanted) await writer.finish();
  } finally {
    await writer.discard();
  }
}

async function takeIn(writer: PieceWriter, incoming: IncomingPieces): Promise<void> {
  const { offset, length, body, checksum, received, stopping } = incoming;
  // from its beginning on it can be judged as it comes; what comes later is judged when it is submitted
  const scanner = offset === 0 ? new AdapterScanner({ fileBytesMax: ADAPTER_BYTES_MAX }) : undefined;
  let reached = offset;
  for await (const chunk of body) {
    received(chunk.byteLength);
    reached += chunk.byteLength;
    if (reached > length) {
      throw new Refusal('request_too_large', `The upload was announced with ${length} bytes; this is more.`);
    }
    scanner?.push(chunk);
    checksum?.update(chunk);
    await writer.write(chunk);
    if (stopping.aborted && reached < length) {
      throw new Outage('service_unavailable', 'This instance of the service is stopping; go on at another.');
    }
  }
}
