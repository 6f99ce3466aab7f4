import type { SlicePiece } from './planSlice.js';

/** Bytes [begin, end) of a file. */
export interface Span {
  readonly begin: number;
  readonly end: number;
}

/**
 * Where the bytes [begin, end) of a piece, counted over what it keeps, lie in the whole adapter's file. The span
 * starts and ends with bytes that are kept; `keepRowStarts` drops what lies between.
 */
export function sourceSpan({ begin: start, rowBytes, keptBytes }: SlicePiece, { begin, end }: Span): Span {
  const place = (kept: number) => start + Math.floor(kept / keptBytes) * rowBytes + (kept % keptBytes);
  return { begin: place(begin), end: place(end - 1) + 1 };
}
