import t from 'tap';
import { fromFloats, toFloat32, toFloat64 } from '../../src/kernel/convert.js';
import type { Dtype } from '../../src/kernel/kernel.js';

const PATTERNS = 0x10000;

/** Value of a half by its definition in IEEE 754, arithmetic only. */
function decoded(pattern: number, exponentBits: number, mantissaBits: number): number {
  const sign = pattern & 0x8000 ? -1 : 1;
  const exponent = (pattern >>> mantissaBits) & (2 ** exponentBits - 1);
  const fraction = pattern & (2 ** mantissaBits - 1);
  const bias = 2 ** (exponentBits - 1) - 1;
  if (exponent === 2 ** exponentBits - 1) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  if (exponent === 0) return sign * fraction * 2 ** (1 - bias - mantissaBits);
  return sign * (1 + fraction / 2 ** mantissaBits) * 2 ** (exponent - bias);
}

const HALVES = [
  { dtype: 'F16', exponentBits: 5, mantissaBits: 10 },
  { dtype: 'BF16', exponentBits: 8, mantissaBits: 7 },
] as const;

const allPatterns = Uint16Array.from({ length: PATTERNS }, (_, i) => i);
const asBytes = (view: Uint16Array | Float32Array) => new Uint8Array(view.buffer);
/** Places where two arrays of patterns differ. */
const differing = (x: Uint16Array, y: Uint16Array) =>
  Array.from({ length: Math.max(x.length, y.length) }, (_, i) => i).filter((i) => x[i] !== y[i]);
const patternsOf = (bytes: Uint8Array) => new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);

for (const { dtype, exponentBits, mantissaBits } of HALVES) {
  const expected = Float64Array.from(allPatterns, (pattern) => decoded(pattern, exponentBits, mantissaBits));
  const infinity = (2 ** exponentBits - 1) << mantissaBits;

  t.test(`${dtype}: all 65536 patterns widen to their value`, async (t) => {
    const wide = toFloat64(asBytes(allPatterns), dtype);
    const narrow = toFloat32(asBytes(allPatterns), dtype);
    const wrong = [...allPatterns].filter(
      (i) => !Object.is(wide[i], expected[i]) || !Object.is(narrow[i], expected[i]),
    );
    t.strictSame(wrong, []);
  });

  t.test(`${dtype}: every finite pattern survives the way there and back`, async (t) => {
    const finite = allPatterns.filter((i) => Number.isFinite(expected[i]));
    const values = Float64Array.from(finite, (i) => expected[i]);
    t.strictSame(differing(patternsOf(fromFloats(values, dtype)), finite), []);
    t.strictSame(differing(patternsOf(fromFloats(Float32Array.from(values), dtype)), finite), []);
  });

  t.test(
    `${dtype}: every midpoint goes to the even neighbour, everything beside it to the nearer`,
    async (t) => {
      const below = Uint16Array.from({ length: infinity - 1 }, (_, i) => i);
      const middles = Float64Array.from(below, (i) => (expected[i] + expected[i + 1]) / 2);
      const wrong = (factor: number, patterns: Uint16Array) =>
        differing(
          patternsOf(
            fromFloats(
              middles.map((x) => x * factor),
              dtype,
            ),
          ),
          patterns,
        );
      t.strictSame(
        wrong(
          1,
          below.map((i) => i + (i & 1)),
        ),
        [],
      );
      t.strictSame(
        wrong(
          -1,
          below.map((i) => (i + (i & 1)) | 0x8000),
        ),
        [],
      );
      t.strictSame(
        wrong(
          1 + Number.EPSILON,
          below.map((i) => i + 1),
        ),
        [],
      );
      t.strictSame(wrong(1 - Number.EPSILON, below), []);
    },
  );

  t.test(`${dtype}: what rounds beyond the largest finite value is refused`, async (t) => {
    const largest = expected[infinity - 1];
    const step = largest - expected[infinity - 2];
    const limit = largest + step / 2;
    t.equal(patternsOf(fromFloats(Float64Array.of(limit * (1 - Number.EPSILON)), dtype))[0], infinity - 1);
    for (const value of [limit, -limit, 1e300, Number.NEGATIVE_INFINITY]) {
      t.throws(() => fromFloats(Float64Array.of(0, value), dtype), { code: 'dtype_overflow' });
    }
  });
}

t.test('F32 rounds once, to nearest even, and refuses what is too large', async (t) => {
  const values = Float64Array.of(1 + 2 ** -24, 1 + 3 * 2 ** -24, 1 + 2 ** -24 + 2 ** -50, 1e-46, -0);
  const rounded = toFloat64(fromFloats(values, 'F32'), 'F32');
  t.strictSame(rounded, Float64Array.of(1, 1 + 2 ** -22, 1 + 2 ** -23, 0, -0));
  const largest = (2 - 2 ** -23) * 2 ** 127;
  t.strictSame(toFloat64(fromFloats(Float64Array.of(largest), 'F32'), 'F32'), Float64Array.of(largest));
  t.throws(() => fromFloats(Float64Array.of(2 ** 128), 'F32'), { code: 'dtype_overflow', name: 'Refusal' });
});

t.test('a value that is not a number is a fault, not a refusal', async (t) => {
  for (const dtype of ['F32', 'F16', 'BF16'] satisfies Dtype[]) {
    t.throws(() => fromFloats(Float64Array.of(Number.NaN), dtype), {
      name: 'Error',
      message: /not a number/,
    });
  }
});

t.test('bytes may begin inside a buffer, but only at a whole element', async (t) => {
  const buffer = new ArrayBuffer(16);
  new DataView(buffer).setFloat32(4, 1.5, true);
  new DataView(buffer).setUint16(2, 0x3e00, true);
  t.equal(toFloat64(new Uint8Array(buffer, 4, 4), 'F32')[0], 1.5);
  t.equal(toFloat64(new Uint8Array(buffer, 2, 2), 'F16')[0], 1.5);
  t.throws(() => toFloat64(new Uint8Array(buffer, 2, 4), 'F32'), /aligned/);
  t.throws(() => toFloat64(new Uint8Array(buffer, 1, 2), 'BF16'), /aligned/);
  t.throws(() => toFloat64(new Uint8Array(buffer, 0, 3), 'F16'), /whole/);
});
