// @ts-check
import t from 'tap';
import { toFloat16 } from '../demo/toFloat16.mjs';

/**
 * The value of a binary16, from its definition.
 *
 * @param {number} half
 */
function decode(half) {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 31;
  const fraction = half & 0x3ff;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (exponent ? (1 + fraction / 1024) * 2 ** (exponent - 15) : fraction * 2 ** -24);
}

/** @param {number} value */
const toHalf = (value) => toFloat16(Float32Array.of(value))[0];

t.test('keeps every binary16 as it is', async (t) => {
  const halves = Uint16Array.from({ length: 0x7c00 }, (_, half) => half);
  t.strictSame(toFloat16(Float32Array.from(halves, decode)), halves);
  const negative = halves.map((half) => half | 0x8000);
  t.strictSame(toFloat16(Float32Array.from(negative, decode)), negative);
});

t.test('rounds to the nearest, and to even between two', async (t) => {
  const wrong = [];
  for (let half = 0; half < 0x7bff; half++) {
    const [low, high] = [decode(half), decode(half + 1)];
    const even = half % 2 === 0 ? half : half + 1;
    if (toHalf((low + high) / 2) !== even) wrong.push(`tie above ${low}`);
    if (toHalf(low + (high - low) * 0.499) !== half) wrong.push(`below the tie above ${low}`);
    if (toHalf(low + (high - low) * 0.501) !== half + 1) wrong.push(`past the tie above ${low}`);
  }
  t.strictSame(wrong, []);
});

t.test('overflows to infinity where rounding would, and keeps NaN', async (t) => {
  t.equal(toHalf(65519.99), 0x7bff);
  t.equal(toHalf(65520), 0x7c00);
  t.equal(toHalf(-1e30), 0xfc00);
  t.ok(Number.isNaN(decode(toHalf(Number.NaN) ?? 0)));
});
