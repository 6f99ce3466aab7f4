import type { SlicePiece } from './planSlice.js';

/**
 * Drops from a stretch of the file what a piece does not keep. Works in place, so that a slice needs no memory of
 * its own.
 *
 * @param chunk bytes of the file that lie within the piece; changed
 * @param at where in the file they begin
 * @returns the kept bytes, at the start of the chunk's memory
 */
export function keepRowStarts(
  { begin, rowBytes, keptBytes }: SlicePiece,
  chunk: Uint8Array,
  at: number,
): Uint8Array {
  let filled = 0;
  let from = 0;
  while (from < chunk.length) {
    const column = (at - begin + from) % rowBytes;
    if (column < keptBytes) {
      const until = Math.min(chunk.length, from + keptBytes - column);
      chunk.copyWithin(filled, from, until);
      filled += until - from;
    }
    from += rowBytes - column;
  }
  return chunk.subarray(0, filled);
}
