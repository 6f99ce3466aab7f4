import fc from 'fast-check';
import t from 'tap';
import { referenceKernel } from '../../src/kernel/referenceKernel.js';
import { applyReflectorBlocks } from '../../src/linalg/applyReflectorBlocks.js';
import { applyReflectors } from '../../src/linalg/applyReflectors.js';
import { transpose } from '../../src/linalg/transpose.js';
import { tridiagonalise } from '../../src/linalg/tridiagonalise.js';
import { farthest, flipped, frobenius, matrix, normals, times, tridiagonalDense } from './dense.js';

function symmetric(n: number, seed: number): Float64Array {
  const x = matrix(n, n, normals(seed));
  return matrix(n, n, (i, j) => x[i * n + j] + x[j * n + i]);
}

t.test('Q T Qᵀ is the matrix, and Q is orthogonal', async () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 1e6 }), (n, seed) => {
      const s = symmetric(n, seed);
      const reduced = tridiagonalise(s, n);
      const columns = matrix(n, n, (i, j) => (i === j ? 1 : 0));
      applyReflectors(reduced, columns, n);
      const q = flipped(columns, n, n);
      const tri = tridiagonalDense(reduced.diagonal, reduced.offDiagonal).map((x) => x * reduced.unit);
      const rebuilt = times(times(q, tri, n, n, n), columns, n, n, n);
      const identity = matrix(n, n, (i, j) => (i === j ? 1 : 0));
      const unitary = farthest(times(columns, q, n, n, n), identity);
      return farthest(rebuilt, s) < 1e-14 * frobenius(s) && unitary < 1e-14;
    }),
    { numRuns: 100, seed: 3 },
  );
});

t.test('reflectors do the same one by one and in blocks', async (t) => {
  const { multiply } = referenceKernel;
  for (const n of [1, 2, 3, 65, 66, 67, 131]) {
    for (const reduced of [tridiagonalise(symmetric(n, n), n), tridiagonalise(new Float64Array(n * n), n)]) {
      const rows = matrix(5, n, normals(7));
      const blocks = rows.slice();
      await applyReflectorBlocks(multiply, reduced, blocks, 5);
      applyReflectors(reduced, rows, 5);
      t.ok(farthest(blocks, rows) < 1e-14 * frobenius(rows), `order ${n}`);
    }
  }
});

t.test('a tridiagonal matrix stays as it is, up to signs', async (t) => {
  const s = tridiagonalDense([4, 3, 2, 1], [1, 0, 2]);
  const { unit, diagonal, offDiagonal } = tridiagonalise(s, 4);
  t.equal(unit, 4);
  t.strictSame(diagonal, Float64Array.of(1, 0.75, 0.5, 0.25));
  t.strictSame(offDiagonal.map(Math.abs), Float64Array.of(0.25, 0, 0.5));
});

t.test('sizes are checked', async (t) => {
  t.throws(() => tridiagonalise(new Float64Array(3), 2), /not 2 × 2/);
  t.throws(
    () => applyReflectors(tridiagonalise(new Float64Array(4), 2), new Float64Array(3), 2),
    /not 2 × 2/,
  );
  t.throws(() => transpose(new Float64Array(3), 2, 2), /not 2 × 2/);
});
