import type { UpdatePart } from '@florist/core/kernel/kernel';
import { referenceKernel } from '@florist/core/kernel/referenceKernel';
import t from 'tap';
import { openOnnxKernel } from '../../src/engine/openOnnxKernel.js';
import { coefficients, parts } from './factors.js';

const kernel = openOnnxKernel('cpu', 2);
t.teardown(() => kernel.close());

const TOLERANCE = 1e-12;
const DTYPES = ['F32', 'F16', 'BF16'] as const;

/** The largest difference, as a share of the largest expected value. */
function difference(actual: Float64Array, expected: Float64Array): number {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), Number.MIN_VALUE);
  return (
    expected.reduce(
      (most, value, i) => Math.max(most, Math.abs((actual[i] ?? Number.NaN) - value)),
      actual.length === expected.length ? 0 : Number.POSITIVE_INFINITY,
    ) / largest
  );
}

/** Clients of ranks 1, 2, 3, 1, … with factors of every dtype. */
function clients(count: number, m: number, n: number): UpdatePart[] {
  const ranks = Array.from({ length: count }, (_, k) => 1 + (k % 3));
  const dtypes = ranks.map((_, k) => DTYPES[k % DTYPES.length] ?? 'F32');
  const b = parts('B', m, ranks, dtypes, 3);
  const a = parts('A', n, ranks, dtypes, 4);
  return ranks.flatMap((_, k) => {
    const [left, right] = [b[k], a[k]];
    return left && right ? [{ factor: 0.1 + k / count, b: left, a: right }] : [];
  });
}

t.test('agrees with the reference, whatever the panels and the number of clients', async (t) => {
  for (const [m, n, count] of [
    [1, 1, 1],
    [7, 30, 5],
    [1100, 20, 40],
    [512, 33, 16],
  ] as const) {
    const actual = await kernel.update(m, n);
    const expected = await referenceKernel.update(m, n);
    const all = clients(count, m, n);
    for (const update of [actual, expected]) {
      await update.add(all.slice(0, 1));
      await update.add(all.slice(1));
    }
    const x = coefficients(1, m, 3);
    const y = coefficients(2, n, 3);
    t.ok(Math.abs(actual.energy() / expected.energy() - 1) < TOLERANCE, `energy of ${m} × ${n}`);
    t.ok(difference(await actual.times(x, 3), await expected.times(x, 3)) < TOLERANCE, 'X ΔW');
    t.ok(
      difference(await actual.timesTransposed(y, 3), await expected.timesTransposed(y, 3)) < TOLERANCE,
      'Y ΔWᵀ',
    );
    actual.release();
  }
});

t.test('factors that do not fit are refused, and change nothing', async (t) => {
  const update = await kernel.update(4, 5);
  const [part] = clients(1, 4, 6);
  if (!part) throw new Error('no part');
  await t.rejects(update.add([part]), /do not fit an update of 4 × 5/);
  t.equal(update.energy(), 0);
});
