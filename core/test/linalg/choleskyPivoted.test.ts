import fc from 'fast-check';
import t from 'tap';
import { referenceKernel } from '../../src/kernel/referenceKernel.js';
import { choleskyPivoted, PIVOT_TOLERANCE } from '../../src/linalg/choleskyPivoted.js';
import { farthest, flipped, matrix, normals, times } from './dense.js';

const { multiply } = referenceKernel;

/** X Xᵀ of X (n, inner). */
function gramOf(n: number, inner: number, seed: number): Float64Array {
  const x = matrix(n, inner, normals(seed));
  return times(x, flipped(x, n, inner), n, inner, n);
}

const rebuilt = (factor: Float64Array, n: number, rank: number) =>
  times(factor, flipped(factor, n, rank), n, rank, n);

const diagonalMax = (gram: Float64Array, n: number) =>
  matrix(n, 1, (i) => gram[i * n + i]).reduce((most, value) => Math.max(most, value), 0);

t.test('L Lᵀ is the matrix, and ρ its rank', async () => {
  const size = fc.integer({ min: 1, max: 40 });
  await fc.assert(
    fc.asyncProperty(size, size, fc.integer({ min: 0, max: 1e6 }), async (n, inner, seed) => {
      const gram = gramOf(n, inner, seed);
      const { factor, rank, pivots } = await choleskyPivoted(multiply, gram, n);
      const error = farthest(rebuilt(factor, n, rank), gram) / diagonalMax(gram, n);
      return rank === Math.min(n, inner) && pivots.length === rank && error < 1e-14;
    }),
    { numRuns: 200, seed: 2 },
  );
});

t.test('a large matrix, panel by panel', async (t) => {
  for (const [n, inner] of [
    [257, 300],
    [320, 64],
    [320, 65],
    [400, 200],
  ] as const) {
    const gram = gramOf(n, inner, n);
    const { factor, rank, pivots } = await choleskyPivoted(multiply, gram, n);
    const exact = Math.min(n, inner);
    // after some hundred columns rounding is as long as the tolerance, and a few of them may get in
    t.ok(rank === exact || (inner > 100 && rank > exact && rank <= exact + 4), `rank ${rank}`);
    t.equal(new Set(pivots).size, rank);
    const error = farthest(rebuilt(factor, n, rank), gram) / diagonalMax(gram, n);
    t.ok(error < 1e-14, `${n} of rank ${inner}: ${error}`);
    const lower = gram.map((x, index) => (index % n > Math.floor(index / n) ? 99 : x));
    t.strictSame(
      (await choleskyPivoted(multiply, lower, n)).factor,
      factor,
      'only the lower triangle is read',
    );
  }
});

t.test('rows taken as pivots form a lower triangle, its diagonal descending', async (t) => {
  const n = 20;
  const { factor, rank, pivots } = await choleskyPivoted(multiply, gramOf(n, 9, 5), n);
  t.equal(new Set(pivots).size, 9);
  for (let k = 0; k < rank; k++) {
    t.strictSame(
      factor.slice(pivots[k] * rank + k + 1, (pivots[k] + 1) * rank),
      new Float64Array(rank - k - 1),
      `row ${k} is zero beyond its diagonal`,
    );
    if (k > 0) t.ok(factor[pivots[k] * rank + k] <= factor[pivots[k - 1] * rank + k - 1]);
  }
});

t.test('equal rows, zero rows and a zero matrix', async (t) => {
  const twice = matrix(6, 6, (i, j) => gramOf(3, 5, 8)[(i % 3) * 3 + (j % 3)]);
  t.equal((await choleskyPivoted(multiply, twice, 6)).rank, 3);
  const bordered = matrix(4, 4, (i, j) => (i === 3 || j === 3 ? 0 : gramOf(3, 5, 8)[i * 3 + j]));
  t.equal((await choleskyPivoted(multiply, bordered, 4)).rank, 3);
  t.match(await choleskyPivoted(multiply, new Float64Array(9), 3), { rank: 0, factor: new Float64Array(0) });
});

t.test('what is dropped is below the tolerance, what is kept is bounded', async (t) => {
  const n = 12;
  const lengths = matrix(n, 1, (i) => 10 ** -i);
  const gram = matrix(n, n, (i, j) => (i === j ? lengths[i] ** 2 : 0));
  const { rank, factor } = await choleskyPivoted(multiply, gram, n);
  t.equal(rank, 8, '1e-7 is kept, 1e-8 is dropped');
  t.ok(farthest(rebuilt(factor, n, rank), gram) <= PIVOT_TOLERANCE);

  const noisy = gramOf(60, 20, 9).map((x, index) => x + 1e-15 * Math.sin(index));
  const found = await choleskyPivoted(multiply, noisy, 60);
  t.ok(found.rank >= 20);
  t.ok(found.factor.every((x) => Math.abs(x) <= Math.sqrt(diagonalMax(noisy, 60)) * 1.001));
});

t.test('the rank can be capped, and only the lower triangle is read', async (t) => {
  const gram = gramOf(10, 10, 3);
  const capped = await choleskyPivoted(multiply, gram, 10, 4);
  t.equal(capped.rank, 4);
  const full = await choleskyPivoted(multiply, gram, 10);
  t.strictSame(capped.pivots, full.pivots.slice(0, 4));
  const lower = gram.map((x, index) => (index % 10 > Math.floor(index / 10) ? 99 : x));
  t.strictSame(await choleskyPivoted(multiply, lower, 10), full);
  await t.rejects(choleskyPivoted(multiply, gram, 9), /not 9 × 9/);
});
