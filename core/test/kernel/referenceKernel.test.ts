import t from 'tap';
import { fromFloats, toFloat64 } from '../../src/kernel/convert.js';
import type { Dtype, RawMatrix } from '../../src/kernel/kernel.js';
import { referenceKernel } from '../../src/kernel/referenceKernel.js';
import { farthest, flipped, matrix, numbers, times } from '../linalg/dense.js';

const DTYPES: readonly Dtype[] = ['F32', 'F16', 'BF16'];
const RANKS = [3, 1, 4];
const LENGTH = 11;

function raw(rows: number, cols: number, dtype: Dtype, seed: number): RawMatrix {
  const next = numbers(seed);
  return { dtype, rows, cols, bytes: fromFloats(matrix(rows, cols, next), dtype) };
}

const values = ({ bytes, dtype }: RawMatrix) => toFloat64(bytes, dtype);

/** The stack as one dense matrix, (r, length). */
function stacked(parts: readonly RawMatrix[], side: 'A' | 'B'): Float64Array {
  return Float64Array.from(
    parts.flatMap((part) => [...(side === 'A' ? values(part) : flipped(values(part), part.rows, part.cols))]),
  );
}

for (const side of ['A', 'B'] as const) {
  const parts = RANKS.map((rank, k) =>
    side === 'A' ? raw(rank, LENGTH, DTYPES[k], k) : raw(LENGTH, rank, DTYPES[k], k),
  );
  const dense = stacked(parts, side);
  const r = 8;

  t.test(`side ${side}: the Gram matrix of parts of every dtype`, async (t) => {
    const stack = await referenceKernel.stack(side, parts);
    t.match(stack, { side, rank: r, length: LENGTH });
    const expected = times(dense, flipped(dense, r, LENGTH), r, LENGTH, r);
    t.ok(farthest(await stack.gram(), expected) < 1e-14);
    stack.release();
  });

  t.test(`side ${side}: the projection, in every dtype`, async (t) => {
    const stack = await referenceKernel.stack(side, parts);
    const p = 2;
    const next = numbers(7);
    const c = side === 'A' ? matrix(p, r, next) : matrix(r, p, next);
    const expected =
      side === 'A' ? times(c, dense, p, r, LENGTH) : times(flipped(dense, r, LENGTH), c, LENGTH, r, p);
    for (const dtype of DTYPES) {
      t.strictSame(
        toFloat64(await stack.project(c, p, dtype), dtype),
        toFloat64(fromFloats(expected, dtype), dtype),
      );
    }
    await t.rejects(stack.project(c, p + 1, 'F32'), /coefficients/);
  });
}

t.test('products', async (t) => {
  const x = matrix(2, 3, (i, j) => i * 3 + j);
  const y = matrix(3, 2, (i, j) => i - j);
  t.strictSame(await referenceKernel.multiply(x, y, 2, 3, 2), Float64Array.of(5, 2, 14, 2));
  t.strictSame(await referenceKernel.multiply(new Float64Array(0), y, 0, 3, 2), new Float64Array(0));
  await t.rejects(referenceKernel.multiply(x, y, 3, 2, 2), /factors/);
});

t.test('parts that do not belong together are faults', async (t) => {
  await t.rejects(referenceKernel.stack('A', []), /at least one/);
  await t.rejects(referenceKernel.stack('A', [raw(2, 3, 'F32', 1), raw(2, 4, 'F32', 1)]), /long side/);
  await t.rejects(referenceKernel.stack('A', [{ ...raw(2, 3, 'F32', 1), rows: 3 }]), /bytes/);
});
