import type { Dtype } from '../kernel/kernel.js';
import { elementBytes } from './elementBytes.js';

/**
 * Bit masks over a 32-bit word that holds one F32 or two 16-bit elements. An element is NaN or infinite exactly
 * if its exponent bits are all ones; adding one unit to the exponent then carries into the sign bit, and never
 * further, so a whole block is tested with an AND, an addition and an OR a word.
 */
const MASKS: Record<Dtype, { exponent: number; unit: number; sign: number }> = {
  F32: { exponent: 0x7f800000, unit: 0x00800000, sign: 0x80000000 },
  F16: { exponent: 0x7c007c00, unit: 0x04000400, sign: 0x80008000 },
  BF16: { exponent: 0x7f807f80, unit: 0x00800080, sign: 0x80008000 },
};

/** Words tested before looking at the outcome: long enough to amortise, short enough to locate quickly. */
const BLOCK_WORDS = 32_768;

const WORD_BYTES = 4;

/** Where unaligned bytes are copied, a block at a time; never more than one call uses it. */
const aligned = new Int32Array(BLOCK_WORDS);

/**
 * The index of the first element that is NaN or infinite, or -1. Any alignment; memory does not grow with the
 * input. Elements are little-endian, as in the file and on every machine this runs on.
 * @param bytes whole elements
 */
export function findNonFinite(bytes: Uint8Array, dtype: Dtype): number {
  const size = elementBytes(dtype);
  const wordsBegin = (WORD_BYTES - (bytes.byteOffset % WORD_BYTES)) % WORD_BYTES;
  if (wordsBegin % size !== 0) return findInCopies(bytes, dtype);
  const words = Math.max(0, Math.floor((bytes.length - wordsBegin) / WORD_BYTES));
  const wordsEnd = wordsBegin + words * WORD_BYTES;
  const head = bytes.subarray(0, Math.min(wordsBegin, bytes.length));
  const bad = findElement(head, dtype);
  if (bad !== -1) return bad;
  for (let begin = wordsBegin; begin < wordsEnd; begin += BLOCK_WORDS * WORD_BYTES) {
    const count = Math.min(BLOCK_WORDS, (wordsEnd - begin) / WORD_BYTES);
    if (allFinite(new Int32Array(bytes.buffer, bytes.byteOffset + begin, count), dtype)) continue;
    return begin / size + findElement(bytes.subarray(begin, begin + count * WORD_BYTES), dtype);
  }
  if (wordsEnd >= bytes.length) return -1;
  const tail = findElement(bytes.subarray(wordsEnd), dtype);
  return tail === -1 ? -1 : wordsEnd / size + tail;
}

function findInCopies(bytes: Uint8Array, dtype: Dtype): number {
  const target = new Uint8Array(aligned.buffer);
  for (let begin = 0; begin < bytes.length; begin += target.length) {
    const block = bytes.subarray(begin, begin + target.length);
    target.set(block);
    const bad = findNonFinite(target.subarray(0, block.length), dtype);
    if (bad !== -1) return begin / elementBytes(dtype) + bad;
  }
  return -1;
}

/** Eight words a step, which are tested side by side, take a third of the time of one. */
function allFinite(words: Int32Array, dtype: Dtype): boolean {
  const { exponent, unit, sign } = MASKS[dtype];
  let seen = 0;
  let i = 0;
  for (; i + 7 < words.length; i += 8) {
    seen |=
      ((words[i] & exponent) + unit) |
      ((words[i + 1] & exponent) + unit) |
      ((words[i + 2] & exponent) + unit) |
      ((words[i + 3] & exponent) + unit) |
      ((words[i + 4] & exponent) + unit) |
      ((words[i + 5] & exponent) + unit) |
      ((words[i + 6] & exponent) + unit) |
      ((words[i + 7] & exponent) + unit);
  }
  for (; i < words.length; i++) seen |= (words[i] & exponent) + unit;
  return (seen & sign) === 0;
}

/** Element by element, for the ends of a range and to locate what a block was found to hold. */
function findElement(bytes: Uint8Array, dtype: Dtype): number {
  const size = elementBytes(dtype);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const { exponent } = MASKS[dtype];
  const mask = size === 4 ? exponent : exponent & 0xffff;
  for (let at = 0; at < bytes.length; at += size) {
    const bits = size === 4 ? view.getInt32(at, true) : view.getUint16(at, true);
    if ((bits & mask) === mask) return at / size;
  }
  return -1;
}
