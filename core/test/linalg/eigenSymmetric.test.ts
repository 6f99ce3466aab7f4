import fc from 'fast-check';
import t from 'tap';
import { referenceKernel } from '../../src/kernel/referenceKernel.js';
import { eigenSymmetric } from '../../src/linalg/eigenSymmetric.js';
import { eigenvaluesTridiagonal } from '../../src/linalg/eigenvaluesTridiagonal.js';
import { eigenvectorsQl } from '../../src/linalg/eigenvectorsQl.js';
import { eigenvectorsTridiagonal } from '../../src/linalg/eigenvectorsTridiagonal.js';
import { tridiagonalise } from '../../src/linalg/tridiagonalise.js';
import { ADVERSARIES } from './adversarial.js';
import { eigenDefect, farthest, symmetricWith, tridiagonalDense } from './dense.js';

/** Residuals and inner products seen are below 1e-14 and 1e-13; ten times that leaves room for other machines. */
const RESIDUAL_MAX = 1e-13;
const ORTHOGONALITY_MAX = 1e-12;

/** Eigenvalues packed as tightly as float64 allows: no vector has a small enough residual of its own. */
const NEEDS_QL = ['a cluster one rounding wide'];

const { multiply } = referenceKernel;
const largest = (x: Float64Array) => x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const descends = (values: ArrayLike<number>) =>
  Array.from(values).every((value, i) => i === 0 || values[i - 1] >= value);

for (const { name, n, matrix, values } of ADVERSARIES) {
  t.test(`a matrix that is ${name}`, async (t) => {
    const scale = largest(matrix) || 1;
    const unit = matrix.map((x) => x / scale);
    const eigen = eigenSymmetric(unit, n);
    t.ok(descends(eigen.values), 'values descend');
    if (values !== undefined) {
      const error = farthest(
        eigen.values,
        values.map((x) => x / scale),
      );
      t.ok(error < RESIDUAL_MAX, `values are off by ${error}`);
    }
    for (const p of [1, Math.ceil(n / 3), n]) {
      const vectors = await eigen.vectors(p, multiply);
      const defect = eigenDefect(unit, n, eigen.values, vectors, p);
      t.ok(defect.residual < RESIDUAL_MAX, `residual of ${p}: ${defect.residual}`);
      t.ok(defect.orthogonality < ORTHOGONALITY_MAX, `orthogonality of ${p}: ${defect.orthogonality}`);
    }
    const scaled = eigenSymmetric(matrix, n).values;
    t.ok(
      farthest(
        scaled,
        eigen.values.map((x) => x * scale),
      ) <=
        RESIDUAL_MAX * scale,
      'scale does not matter',
    );
  });

  t.test(`both ways to the eigenvectors, of a matrix that is ${name}`, async (t) => {
    const scale = largest(matrix) || 1;
    const unit = matrix.map((x) => x / scale);
    const { diagonal, offDiagonal } = tridiagonalise(unit, n);
    const dense = tridiagonalDense(diagonal, offDiagonal);
    const spectrum = eigenvaluesTridiagonal(diagonal, offDiagonal);
    const inverse = eigenvectorsTridiagonal(diagonal, offDiagonal, spectrum, n);
    const ql = eigenvectorsQl(diagonal, offDiagonal, spectrum, n);
    t.equal(inverse === undefined, NEEDS_QL.includes(name), 'inverse iteration knows whether it succeeds');
    for (const vectors of [inverse ?? ql, ql]) {
      const { residual, orthogonality } = eigenDefect(dense, n, spectrum.values, vectors, n);
      t.ok(residual < RESIDUAL_MAX, `residual ${residual}`);
      t.ok(orthogonality < ORTHOGONALITY_MAX, `orthogonality ${orthogonality}`);
    }
  });
}

t.test('any spectrum is found again', async () => {
  const spectrum = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 24 });
  await fc.assert(
    fc.asyncProperty(spectrum, fc.integer({ min: 1, max: 1e6 }), async (values, seed) => {
      const n = values.length;
      const s = symmetricWith(values, seed);
      const eigen = eigenSymmetric(s, n);
      const expected = [...values].sort((x, y) => y - x);
      const { residual, orthogonality } = eigenDefect(
        s,
        n,
        eigen.values,
        await eigen.vectors(n, multiply),
        n,
      );
      return (
        farthest(eigen.values, expected) < 1e-13 &&
        residual < RESIDUAL_MAX &&
        orthogonality < ORTHOGONALITY_MAX
      );
    }),
    { numRuns: 100, seed: 1 },
  );
});

t.test('vectors so many that products turn them are as good, at every number of reflectors', async (t) => {
  for (const n of [129, 130, 131, 194, 260]) {
    const s = symmetricWith(
      Array.from({ length: n }, (_, i) => Math.cos(i * i)),
      n,
    );
    const eigen = eigenSymmetric(s, n);
    const { residual, orthogonality } = eigenDefect(s, n, eigen.values, await eigen.vectors(n, multiply), n);
    t.ok(residual < RESIDUAL_MAX, `residual ${residual}`);
    t.ok(orthogonality < ORTHOGONALITY_MAX, `orthogonality ${orthogonality}`);
  }
});

t.test('only the upper triangle is read', async (t) => {
  const n = 9;
  const s = symmetricWith([9, 7, 5, 4, 3, 2, 1, 0, -1], 3);
  const upper = s.map((x, index) => (index % n < Math.floor(index / n) ? 77 : x));
  t.strictSame(eigenSymmetric(upper, n).values, eigenSymmetric(s, n).values);
});

t.test('the same matrix gives the same vectors, and is left as it was', async (t) => {
  const s = symmetricWith([3, 3, 3, 2, 1, 1], 4);
  const before = s.slice();
  const first = await eigenSymmetric(s, 6).vectors(4, multiply);
  t.strictSame(await eigenSymmetric(s, 6).vectors(4, multiply), first);
  t.strictSame(s, before);
});

t.test('what is not finite, or not square, is a fault', async (t) => {
  t.throws(() => eigenSymmetric(Float64Array.of(1, Number.NaN, Number.NaN, 1), 2), /finite/);
  t.throws(() => eigenSymmetric(Float64Array.of(1, 2, 3), 2), /not 2 × 2/);
  await t.rejects(eigenSymmetric(Float64Array.of(1), 1).vectors(2, multiply), /no 2 eigenvectors/);
});
