import t from 'tap';
import { fromFloats } from '../../src/kernel/convert.js';
import { referenceKernel } from '../../src/kernel/referenceKernel.js';
import { brokenPromises } from '../../src/precision/brokenPromises.js';
import { exactModule } from '../../src/precision/exactModule.js';
import { measurePrecision } from '../../src/precision/measurePrecision.js';
import { precisionCases } from '../../src/precision/precisionCases.js';
import { publishedErrors } from '../../src/precision/publishedErrors.js';
import { normals } from '../linalg/dense.js';

function caseOf(name: string, dtype: 'F32' | 'F16' | 'BF16') {
  const found = precisionCases(dtype).find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no case ${name}`);
  return found;
}

const CASES = [
  ['sizes apart, κ 1e12', 'F16', 1e12],
  ['all mixed, κ 1e6', 'F32', 1e6],
  ['all mixed, κ 1e12', 'F32', 1e12],
  ['32 clients, r > m + n, κ 1e12', 'F32', 1e12],
  ['one A for all', 'BF16', undefined],
  ['r > m + n, 48 × 40', 'F16', undefined],
] as const;

for (const [name, dtype, condition] of CASES) {
  t.test(`what is promised holds with plain float64 products: ${name}, ${dtype}`, async (t) => {
    const found = await measurePrecision(referenceKernel, caseOf(name, dtype));
    t.same(brokenPromises(found), []);
    if (condition !== undefined) {
      t.ok(found.condition > condition / 2 && found.condition < condition * 2, `κ is ${found.condition}`);
    }
  });
}

t.test('every case has the rank and the path that it is made for', async (t) => {
  const names = precisionCases('F16').map(({ name }) => name);
  t.equal(new Set(names).size, names.length);
  t.equal(names.length, 3 * 5 + 5 + 1);
  const { published } = await measurePrecision(referenceKernel, caseOf('32 clients, r > m + n, κ 1', 'F16'));
  t.ok(published.every(({ path }) => path === 'update'));
  for (const [name, rank] of [
    ['one A for all', 64],
    ['equal clients', 16],
    ['half of the B zero', 60],
  ] as const) {
    t.equal(exactModule(caseOf(name, 'F32').make()).rank, rank, name);
  }
});

t.test('an error of a known size is found, also where equal σ leave a choice of directions', async (t) => {
  for (const name of ['all mixed, κ 1e3', 'all mixed, κ 1']) {
    const exact = exactModule(caseOf(name, 'F32').make());
    const { shape, svd, norm } = exact;
    const [m, n] = shape;
    const k = svd.s.length;
    const rank = 20;
    const next = normals(3);
    for (const size of [1e-3, 1e-5]) {
      const noise = Float64Array.from({ length: m * rank }, next);
      const length = Math.hypot(...noise);
      const b = noise.map((value, t) => {
        const column = t % rank;
        return svd.u[Math.floor(t / rank) * k + column] * svd.s[column] + (size * norm * value) / length;
      });
      const a = Float64Array.from({ length: rank * n }, (_, t) => svd.v[(t % n) * k + Math.floor(t / n)]);
      const published = { dtype: 'F32', rank, b: fromFloats(b, 'F32'), a: fromFloats(a, 'F32') } as const;
      const { product, orthonormality } = publishedErrors(exact, published);
      t.ok(Math.abs(product / size - 1) < 0.02, `${name}: ${product} for ${size}`);
      t.ok(orthonormality < 2 ** -23);
    }
  }
});

t.test('a broken promise is named', async (t) => {
  const found = await measurePrecision(referenceKernel, caseOf('r > m + n, 48 × 40', 'F32'));
  const [first] = found.published;
  const worse = [
    { ...first, sigma: 1.1e-8 },
    { ...first, product: 2 * first.product },
    { ...first, orthonormality: 1e-6 },
    { ...first, product: Number.NaN },
  ];
  t.match(brokenPromises({ ...found, published: worse }), [
    /τ 0\.9, F32: a σ is off/,
    /the product is off/,
    /A_gA_gᵀ is off/,
    /the product is off by NaN/,
  ]);
});
