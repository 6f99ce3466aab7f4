import { Readable } from 'node:stream';
import { keepRowStarts } from '@florist/core/slices/keepRowStarts';
import type { SlicePiece, SlicePlan } from '@florist/core/slices/planSlice';
import { type Span, sourceSpan } from '@florist/core/slices/sourceSpan';
import type { BlobReader, Blobs } from '@florist/storage/blobs/blobs';

/** Of the adapter's file at a time, in bytes. */
const CHUNK_BYTES = 64 * 1024;

/**
 * The bytes [begin, end) of a slice, cut from the whole adapter's file while it is read: one chunk of it is in
 * memory at a time. The file stays open until the stream ends, so that one who has begun to read gets all of the
 * slice even when the file is deleted meanwhile.
 * @throws BlobMissing
 */
export async function openSlice(blobs: Blobs, key: string, plan: SlicePlan, range: Span): Promise<Readable> {
  const file = await blobs.open(key);
  const slice = Readable.from(sliceBytes(file, plan, range), { objectMode: false });
  // not in the generator, which does not run at all where the reader goes before the first byte
  return slice.once('close', () => file.close().catch(() => undefined));
}

async function* sliceBytes(
  file: BlobReader,
  { header, pieces }: SlicePlan,
  { begin, end }: Span,
): AsyncGenerator<Uint8Array> {
  let at = header.byteLength;
  if (begin < at) yield header.subarray(begin, Math.min(end, at));
  for (const piece of pieces) {
    const bytes = piece.rows * piece.keptBytes;
    const wanted = { begin: Math.max(begin - at, 0), end: Math.min(end - at, bytes) };
    if (wanted.begin < wanted.end) yield* pieceBytes(file, piece, wanted);
    at += bytes;
  }
}

async function* pieceBytes(file: BlobReader, piece: SlicePiece, wanted: Span): AsyncGenerator<Uint8Array> {
  const { begin, end } = sourceSpan(piece, wanted);
  for (let at = begin; at < end; at += CHUNK_BYTES) {
    const chunk = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, end - at));
    await file.readInto(chunk, at);
    const kept = keepRowStarts(piece, chunk, at);
    if (kept.byteLength > 0) yield kept;
  }
}
