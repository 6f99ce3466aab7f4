import { fromFloats, toFloat64 } from '@florist/core/kernel/convert';
import type { Dtype, RawMatrix, Side } from '@florist/core/kernel/kernel';
import { referenceKernel } from '@florist/core/kernel/referenceKernel';
import fc from 'fast-check';
import t from 'tap';
import { openOnnxKernel } from '../../src/engine/openOnnxKernel.js';
import { coefficients, parts } from './factors.js';

const kernel = openOnnxKernel('cpu', 2);
t.teardown(() => kernel.close());

/** Rounding of float64 products of at most some thousand terms, as a share of the largest element. */
const F64_TOLERANCE = 1e-12;
/** One unit in the last place: both products may lie on either side of where rounding changes. */
const UNIT: Record<Dtype, number> = { F32: 2 ** -23, F16: 2 ** -10, BF16: 2 ** -7 };
const DTYPES = ['F32', 'F16', 'BF16'] as const;

/** The largest difference, as a share of the largest expected element. */
function difference(actual: Float64Array, expected: Float64Array): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let worst = 0;
  let largest = Number.MIN_VALUE;
  for (const [i, value] of expected.entries()) {
    worst = Math.max(worst, Math.abs((actual[i] ?? Number.NaN) - value));
    largest = Math.max(largest, Math.abs(value));
  }
  return worst / largest;
}

/** Where the ONNX stack departs from the reference: the largest differences, in units of what is allowed. */
async function departure(side: Side, matrices: RawMatrix[], p: number): Promise<Record<string, number>> {
  const actual = await kernel.stack(side, matrices);
  const expected = await referenceKernel.stack(side, matrices);
  const worst: Record<string, number> = {
    sizes: Number(actual.rank !== expected.rank || actual.length !== expected.length),
    gram: difference(await actual.gram(), await expected.gram()) / F64_TOLERANCE,
  };
  const c = coefficients(7, actual.rank, p);
  for (const dtype of DTYPES) {
    const x = toFloat64(await actual.project(c, p, dtype), dtype);
    const y = toFloat64(await expected.project(c, p, dtype), dtype);
    worst[dtype] = difference(x, y) / UNIT[dtype];
  }
  actual.release();
  return worst;
}

function departs(worst: Record<string, number>): boolean {
  return !Object.values(worst).every((value) => value <= 1);
}

t.test('agrees with the reference on stacks of any shape, size and mixture of dtypes', async (t) => {
  const side = fc.constantFrom<Side>('B', 'A');
  const ranks = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 });
  const dtypes = fc.array(fc.constantFrom(...DTYPES), { minLength: 1, maxLength: 3 });
  const length = fc.integer({ min: 1, max: 70 });
  const p = fc.integer({ min: 1, max: 12 });
  const agrees = fc.asyncProperty(
    side,
    ranks,
    dtypes,
    length,
    p,
    fc.integer(),
    async (side, ranks, dtypes, length, p, seed) => {
      return !departs(await departure(side, parts(side, length, ranks, dtypes, seed), p));
    },
  );
  await t.resolves(fc.assert(agrees, { numRuns: 60 }));
});

for (const side of ['B', 'A'] as const) {
  t.test(`agrees with the reference on the smallest stack of side ${side}`, async (t) => {
    t.notOk(departs(await departure(side, parts(side, 1, [1], ['F16'], 1), 1)));
  });

  for (const clients of [100, 129, 1000]) {
    t.test(`agrees with the reference on side ${side} of ${clients} clients`, async (t) => {
      const ranks = Array.from({ length: clients }, (_, k) => 1 + (k % 2));
      t.notOk(departs(await departure(side, parts(side, 40, ranks, ['F16', 'F32', 'BF16'], 3), 5)));
    });
  }

  t.test(`coefficients that cancel by ten digits do not cost side ${side} its accuracy`, async (t) => {
    const length = 64;
    const [part] = parts(side, length, [2], ['F32'], 5);
    if (part === undefined) throw new Error('no part');
    const values = toFloat64(part.bytes, 'F32');
    // the second vector is the first, but for one unit in the last place of its first element
    for (let i = 0; i < length; i++) {
      const [from, to] = side === 'B' ? [2 * i, 2 * i + 1] : [i, length + i];
      values[to] = (values[from] ?? 0) * (i === 0 ? 1 + 2 ** -22 : 1);
    }
    const bytes = fromFloats(values, 'F32');
    const stack = await kernel.stack(side, [{ ...part, bytes }]);
    const expected = await referenceKernel.stack(side, [{ ...part, bytes }]);
    const c = Float64Array.of(-1e10, 1e10);
    const [x, y] = [await stack.project(c, 1, 'F32'), await expected.project(c, 1, 'F32')];
    t.ok(difference(toFloat64(x, 'F32'), toFloat64(y, 'F32')) < 1e-6);
  });
}

t.test('reads factors from the middle of a larger buffer without copying them', async (t) => {
  const [part] = parts('B', 8, [3], ['F16'], 9);
  if (part === undefined) throw new Error('no part');
  const larger = new Uint8Array(10 + part.bytes.byteLength);
  larger.set(part.bytes, 10);
  const stack = await kernel.stack('B', [{ ...part, bytes: larger.subarray(10) }]);
  const expected = await referenceKernel.stack('B', [part]);
  t.ok(difference(await stack.gram(), await expected.gram()) < F64_TOLERANCE);
  larger.fill(0);
  t.ok((await stack.gram()).every((value) => value === 0));
});

t.test('multiplies as the reference does', async (t) => {
  const x = coefficients(1, 30, 40);
  const y = coefficients(2, 40, 20);
  const actual = await kernel.multiply(x, y, 30, 40, 20);
  t.ok(difference(actual, await referenceKernel.multiply(x, y, 30, 40, 20)) < F64_TOLERANCE);
});

t.test('refuses an adapter that does not fit its dtype', async (t) => {
  const one = { dtype: 'F32', rows: 1, cols: 1, bytes: fromFloats(Float64Array.of(1), 'F32') } as const;
  const stack = await kernel.stack('B', [one]);
  const limits = { F32: 3.4028234663852886e38, F16: 65504, BF16: 3.3895313892515355e38 };
  for (const dtype of DTYPES) {
    const largest = await stack.project(Float64Array.of(limits[dtype]), 1, dtype);
    t.strictSame(toFloat64(largest, dtype), Float64Array.of(limits[dtype]), `the largest ${dtype}`);
    const beyond = Float64Array.of(-limits[dtype] * 1.01);
    await t.rejects(stack.project(beyond, 1, dtype), { name: 'Refusal', code: 'dtype_overflow' });
  }
});

t.test('rounds halves to even', async (t) => {
  const one = { dtype: 'F32', rows: 1, cols: 1, bytes: fromFloats(Float64Array.of(1), 'F32') } as const;
  const stack = await kernel.stack('B', [one]);
  const c = Float64Array.of(1 + 2 ** -11, 1 + 3 * 2 ** -11, 1 + 2 ** -8, 1 + 3 * 2 ** -8);
  const half = toFloat64(await stack.project(c, 4, 'F16'), 'F16');
  t.strictSame([...half.subarray(0, 2)], [1, 1 + 2 ** -9]);
  const brain = toFloat64(await stack.project(c, 4, 'BF16'), 'BF16');
  t.strictSame([...brain.subarray(2)], [1, 1 + 2 ** -6]);
});

t.test('a caller that breaks the contract is told so', async (t) => {
  const [part] = parts('B', 8, [3], ['F16'], 9);
  if (part === undefined) throw new Error('no part');
  await t.rejects(kernel.stack('B', []), /at least one part/);
  const short = { ...part, bytes: part.bytes.subarray(2) };
  await t.rejects(kernel.stack('B', [short]), /has 46 bytes/);
  const odd = new Uint8Array(49).subarray(1);
  await t.rejects(kernel.stack('B', [{ ...part, bytes: odd }]), /not aligned/);
  await t.rejects(kernel.stack('A', [part, { ...part, rows: 6, cols: 4 }]), /long sides 3 and 4/);
  await t.rejects(kernel.multiply(new Float64Array(2), new Float64Array(2), 2, 2, 1), /not 2 × 2 × 1/);
  const stack = await kernel.stack('B', [part]);
  await t.rejects(stack.project(new Float64Array(4), 2, 'F32'), /not 3 × 2/);
  stack.release();
  await t.rejects(stack.gram(), /released/);
});
