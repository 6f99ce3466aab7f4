import t from 'tap';
import { eigenvaluesTridiagonal } from '../../src/linalg/eigenvaluesTridiagonal.js';
import { normTridiagonal, splitTridiagonal } from '../../src/linalg/splitTridiagonal.js';
import { farthest } from './dense.js';

const fill = (n: number, value: number) => new Float64Array(n).fill(value);

t.test('known spectra, small and large', async (t) => {
  for (const n of [1, 2, 3, 10, 500]) {
    const { values } = eigenvaluesTridiagonal(fill(n, 2), fill(n - 1, -1));
    const exact = Float64Array.from({ length: n }, (_, k) => 2 + 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)));
    t.ok(farthest(values, exact) < 1e-14 * Math.sqrt(n), `Toeplitz of order ${n}`);
  }
});

t.test('the empty matrix has no eigenvalues', async (t) => {
  const { values, starts } = eigenvaluesTridiagonal(new Float64Array(0), new Float64Array(0));
  t.strictSame(values, new Float64Array(0));
  t.strictSame(starts, Uint32Array.of(0));
});

t.test('blocks are found, and every value knows its own', async (t) => {
  const diagonal = Float64Array.of(5, 5, 1, 7, 7);
  const beside = Float64Array.of(1, 1e-17, 0, 2);
  t.equal(normTridiagonal(diagonal, beside), 9);
  t.strictSame(splitTridiagonal(diagonal, beside), Uint32Array.of(0, 2, 3, 5));
  const { values, blocks } = eigenvaluesTridiagonal(diagonal, beside);
  t.ok(farthest(values, [9, 6, 5, 4, 1]) < 1e-14);
  t.strictSame(blocks, Uint32Array.of(2, 0, 2, 0, 1));
});

t.test('an element beside the diagonal is missing or too much', async (t) => {
  t.throws(() => eigenvaluesTridiagonal(fill(3, 1), fill(3, 1)), /n − 1/);
});
