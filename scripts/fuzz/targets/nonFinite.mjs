// @ts-check
import fc from 'fast-check';
import { findNonFinite } from '../../../core/dist/safetensors/findNonFinite.js';
import { firstNonFinite } from '../oracles/firstNonFinite.mjs';
import { promise } from '../oracles/promise.mjs';

/** Stretches that cross the blocks in which the function works, of 32 KiB, are drawn now and then. */
const ELEMENTS = fc.oneof(
  { weight: 60, arbitrary: fc.nat(64) },
  { weight: 1, arbitrary: fc.integer({ min: 8100, max: 17000 }) },
);

const draw = fc.record({
  dtype: fc.constantFrom(
    /** @type {const} */ ('F32'),
    /** @type {const} */ ('F16'),
    /** @type {const} */ ('BF16'),
  ),
  elements: ELEMENTS,
  offset: fc.nat(7),
  seed: fc.nat(255),
  plants: fc.array(
    fc.record({
      at: fc.nat(),
      bits: fc.oneof(
        fc.nat(0xffffffff),
        fc.constantFrom(0x7f800000, 0xff800000, 0x7fc00000, 0x7f7fffff, 0x7c00, 0xfc01, 0x7bff),
      ),
    }),
    { maxLength: 2 },
  ),
});

/** @type {import('../tryTarget.mjs').Target<typeof draw extends fc.Arbitrary<infer C> ? C : never>} */
export const nonFinite = {
  name: 'nonFinite',
  draw,
  run({ dtype, elements, offset, seed, plants }) {
    const size = dtype === 'F32' ? 4 : 2;
    const bytes = new Uint8Array(offset + elements * size).subarray(offset);
    for (let at = 0; at < bytes.length; at++) bytes[at] = at % 2 === 0 ? (at + seed) % 256 : 0x3f;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (const { at, bits } of elements > 0 ? plants : []) {
      if (size === 4) view.setUint32(4 * (at % elements), bits, true);
      else view.setUint16(2 * (at % elements), bits & 0xffff, true);
    }
    const [found, expected] = [findNonFinite(bytes, dtype), firstNonFinite(bytes, dtype)];
    promise(found === expected, `the first is at ${expected}, not ${found}`);
    return found === -1 ? 'accepted' : 'tensor_not_finite';
  },
};
