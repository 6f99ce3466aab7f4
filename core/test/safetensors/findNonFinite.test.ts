import fc from 'fast-check';
import t from 'tap';
import type { Dtype } from '../../src/kernel/kernel.js';
import { elementBytes } from '../../src/safetensors/elementBytes.js';
import { findNonFinite } from '../../src/safetensors/findNonFinite.js';

const DTYPES: Dtype[] = ['F32', 'F16', 'BF16'];
const EXPONENT = { F32: 0x7f800000, F16: 0x7c00, BF16: 0x7f80 };

/** Bits of values that are not finite, and of finite ones next to them. */
const BAD = {
  F32: [0x7f800000, 0xff800000, 0x7fc00000, 0x7f800001, 0xffffffff],
  F16: [0x7c00, 0xfc00, 0x7e00, 0x7c01, 0xffff],
  BF16: [0x7f80, 0xff80, 0x7fc0, 0x7f81, 0xffff],
};
const GOOD = {
  F32: [0, 0x80000000, 0x7f7fffff, 0xff7fffff, 1, 0x80000001, 0x3f800000, 0x007fffff],
  F16: [0, 0x8000, 0x7bff, 0xfbff, 1, 0x8001, 0x3c00, 0x03ff],
  BF16: [0, 0x8000, 0x7f7f, 0xff7f, 1, 0x8001, 0x3f80, 0x007f],
};

/** Elements laid out at an offset of an otherwise hostile buffer: what is around them must not count. */
function place(dtype: Dtype, bits: readonly number[], offset: number): Uint8Array {
  const size = elementBytes(dtype);
  const buffer = new Uint8Array(offset + bits.length * size + 8).fill(0xff);
  const view = new DataView(buffer.buffer);
  bits.forEach((value, i) => {
    if (size === 4) view.setUint32(offset + i * size, value, true);
    else view.setUint16(offset + i * size, value, true);
  });
  return buffer.subarray(offset, offset + bits.length * size);
}

for (const dtype of DTYPES) {
  t.test(`${dtype}: finds each kind of value at each place and alignment`, async (t) => {
    for (const offset of [0, 1, 2, 3, 4, 5, 6, 7]) {
      for (const count of [1, 2, 3, 4, 5, 8]) {
        const clean = Array.from({ length: count }, (_, i) => GOOD[dtype][i % GOOD[dtype].length] ?? 0);
        if (findNonFinite(place(dtype, clean, offset), dtype) !== -1) t.fail(`clean ${offset} ${count}`);
        for (let at = 0; at < count; at++) {
          for (const bad of BAD[dtype]) {
            const bits = clean.with(at, bad);
            const found = findNonFinite(place(dtype, bits, offset), dtype);
            if (found !== at) t.fail(`${bad.toString(16)} at ${at} of ${count}, offset ${offset}: ${found}`);
          }
        }
      }
    }
    t.equal(findNonFinite(new Uint8Array(0), dtype), -1);
  });

  t.test(`${dtype}: finds the first beyond the size of a block`, async (t) => {
    for (const offset of [0, 1, 2]) {
      for (const at of [8191, 8192, 16_384, 40_000, 69_999]) {
        const bits: number[] = Array(70_000).fill(GOOD[dtype][2]);
        bits[at] = BAD[dtype][0] ?? 0;
        bits[69_999] = BAD[dtype][1] ?? 0;
        t.equal(findNonFinite(place(dtype, bits, offset), dtype), at);
      }
    }
  });

  t.test(`${dtype}: agrees with looking at every exponent`, async () => {
    const mask = EXPONENT[dtype];
    const element = fc.oneof(
      fc.integer({ min: 0, max: elementBytes(dtype) === 4 ? 0xffffffff : 0xffff }),
      fc.constantFrom(...GOOD[dtype]),
    );
    fc.assert(
      fc.property(fc.array(element, { maxLength: 40 }), fc.nat(3), (bits, offset) => {
        const expected = bits.findIndex((value) => (value & mask) === mask);
        return findNonFinite(place(dtype, bits, offset), dtype) === expected;
      }),
      { numRuns: 500 },
    );
  });
}
