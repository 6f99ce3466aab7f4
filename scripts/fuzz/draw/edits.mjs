// @ts-check
import fc from 'fast-check';

/** More edits than this at once seldom leave anything that a reader would go into. */
const EDITS_MAX = 4;
/** A stretch that is deleted, repeated or overwritten, in bytes or characters. */
const STRETCH_MAX = 24;

const KINDS = /** @type {const} */ (['flip', 'set', 'insert', 'delete', 'repeat', 'truncate']);

/**
 * @typedef {object} Edit
 * @property {(typeof KINDS)[number]} kind
 * @property {number} at place, taken modulo the length
 * @property {number} value
 * @property {number} size of the stretch
 */

/** Places: near the start, where lengths and syntax are, or anywhere. */
const place = fc.oneof({ weight: 2, arbitrary: fc.nat(160) }, fc.nat());

/** @type {fc.Arbitrary<Edit>} */
const edit = fc.record({
  kind: fc.constantFrom(...KINDS),
  at: place,
  value: fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 0x22, 0x2c, 0x5b, 0x7b, 0x7f, 0x80, 0xff)),
  size: fc.integer({ min: 1, max: STRETCH_MAX }),
});

/** Edits of bytes or of text: most often none, so that what is behind a check is reached. */
export const drawEdits = fc.oneof(
  { weight: 5, arbitrary: fc.constant(/** @type {Edit[]} */ ([])) },
  { weight: 1, arbitrary: fc.array(edit, { minLength: 1, maxLength: EDITS_MAX }) },
);

/**
 * @param {Uint8Array} bytes
 * @param {readonly Edit[]} edits
 * @returns {Uint8Array} a copy
 */
export function editBytes(bytes, edits) {
  let edited = Uint8Array.from(bytes);
  for (const { kind, at, value, size } of edits) {
    const from = at % (edited.length + 1);
    const [head, tail] = [edited.subarray(0, from), edited.subarray(from)];
    if (kind === 'flip' && tail.length > 0) edited[from] = (edited[from] ?? 0) ^ (1 << (value % 8));
    else if (kind === 'set') edited.fill(value, from, from + size);
    else if (kind === 'insert') edited = join(head, new Uint8Array(size).fill(value), tail);
    else if (kind === 'delete') edited = join(head, tail.subarray(size));
    else if (kind === 'repeat') edited = join(head, tail.subarray(0, size), tail);
    else if (kind === 'truncate') edited = Uint8Array.from(head);
  }
  return edited;
}

/** @param {...Uint8Array} parts */
export function join(...parts) {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Where a stream is cut into pieces, as places modulo its length. */
export const drawCuts = fc.array(place, { maxLength: 8 });

/**
 * @param {Uint8Array} bytes
 * @param {readonly number[]} cuts
 * @returns {Uint8Array[]}
 */
export function cutBytes(bytes, cuts) {
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((x, y) => x - y);
  return ends.map((end, at) => bytes.subarray(at === 0 ? 0 : ends[at - 1], end));
}
