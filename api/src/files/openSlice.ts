import { Readable } from 'node:stream';
import { keepRowStarts } from '@florist/core/slices/keepRowStarts';
import type { SlicePiece, SlicePlan } from '@florist/core/slices/planSlice';
import { type Span, sourceSpan } from '@florist/core/slices/sourceSpan';
import type { Blobs } from '@florist/storage/blobs/blobs';

/**
 * The bytes [begin, end) of a slice, cut from the whole adapter's file while it is read: one chunk of it is in
 * memory at a time.
 */
export function openSlice(blobs: Blobs, key: string, plan: SlicePlan, range: Span): Readable {
  return Readable.from(sliceBytes(blobs, key, plan, range), { objectMode: false });
}

async function* sliceBytes(
  blobs: Blobs,
  key: string,
  { header, pieces }: SlicePlan,
  { begin, end }: Span,
): AsyncGenerator<Uint8Array> {
  let at = header.byteLength;
  if (begin < at) yield header.subarray(begin, Math.min(end, at));
  for (const piece of pieces) {
    const bytes = piece.rows * piece.keptBytes;
    const wanted = { begin: Math.max(begin - at, 0), end: Math.min(end - at, bytes) };
    if (wanted.begin < wanted.end) yield* pieceBytes(blobs, key, piece, wanted);
    at += bytes;
  }
}

async function* pieceBytes(
  blobs: Blobs,
  key: string,
  piece: SlicePiece,
  wanted: Span,
): AsyncGenerator<Uint8Array> {
  const source = sourceSpan(piece, wanted);
  let at = source.begin;
  for await (const chunk of await blobs.stream(key, source)) {
    const { byteLength } = chunk;
    const kept = keepRowStarts(piece, chunk, at);
    if (kept.byteLength > 0) yield kept;
    at += byteLength;
  }
}
