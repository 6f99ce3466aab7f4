import t from 'tap';
import { aggregateModule } from '../../src/florist/aggregateModule.js';
import { heldModule } from '../../src/florist/heldModule.js';
import type { ModuleClient, ModuleInput, ModulePlan } from '../../src/florist/moduleReport.js';
import { tailEnergies } from '../../src/florist/tailEnergies.js';
import { toFloat64 } from '../../src/kernel/convert.js';
import { referenceKernel } from '../../src/kernel/referenceKernel.js';
import { distance, farthest, frobenius, matrix, normals, orthogonal, times } from '../linalg/dense.js';
import { jacobiSvd } from '../linalg/jacobiSvd.js';
import { denseDelta, productOf, randomModule, rawOf, valuesOf } from './modules.js';

/** Of σ_1: what a cut at 8 units in the last place of the squares may lose. */
const SIGMA_ERROR_MAX = 1e-7;

const at = (tau: number): ModulePlan => ({
  method: 'florist',
  rank: { policy: 'energy', tau },
  dtype: 'F32',
});

/** Largest errors of σ and of the product at τ = 1, relative to σ_1 and to ‖ΔW‖. */
async function errorsOf(input: ModuleInput): Promise<{ sigma: number; product: number; rank: number }> {
  const [m, n] = input.shape;
  const delta = denseDelta(input);
  const { s } = jacobiSvd(delta, m, n);
  const adapter = await aggregateModule(referenceKernel, heldModule(input), at(1));
  const { singularValues, rank } = adapter.report;
  const sigma = farthest(singularValues, s.slice(0, singularValues.length)) / s[0];
  const excess = distance(productOf(adapter, input.shape, 'F32'), delta) - Math.sqrt(tailEnergies(s)[rank]);
  return { sigma, product: excess / frobenius(delta), rank };
}

function client(b: Float64Array, a: Float64Array, m: number, n: number, weight = 1): ModuleClient {
  const rank = b.length / m;
  return { rank, weight, scale: 1, b: rawOf(b, m, rank), a: rawOf(a, rank, n) };
}

const moduleOf = (m: number, n: number, clients: ModuleClient[]): ModuleInput => ({
  name: 'hostile',
  shape: [m, n],
  clients,
});

/** Factors whose product has condition number `condition`, spread over B and A in the share given. */
function conditioned(m: number, n: number, r: number, condition: number, shareOfB: number, seed: number) {
  const u = orthogonal(m, seed);
  const v = orthogonal(n, seed + 1);
  const sigma = (i: number) => condition ** (-i / (r - 1));
  const b = matrix(m, r, (i, j) => u[i * m + j] * sigma(j) ** shareOfB);
  const a = matrix(r, n, (i, j) => sigma(i) ** (1 - shareOfB) * v[i * n + j]);
  return { b, a };
}

t.test('condition numbers up to 1e12, wherever the grading sits', async (t) => {
  for (const condition of [1e3, 1e6, 1e9, 1e12]) {
    for (const shareOfB of [0, 0.5, 1]) {
      for (const [m, n] of [
        [24, 40],
        [40, 24],
        [10, 40],
      ] as const) {
        const { b, a } = conditioned(40, 40, 20, condition, shareOfB, 3);
        const cut = moduleOf(m, n, [
          client(
            b.slice(0, m * 20),
            matrix(20, n, (i, j) => a[i * 40 + j]),
            m,
            n,
          ),
        ]);
        const { sigma, product } = await errorsOf(cut);
        t.ok(sigma < SIGMA_ERROR_MAX, `κ ${condition}, B has ${shareOfB}, ${m} × ${n}: σ off by ${sigma}`);
        t.ok(product < 1e-6, `product off by ${product}`);
      }
    }
  }
});

t.test('graded factors mixed by an ill-conditioned change of basis', async (t) => {
  for (const mixing of [1e2, 1e4]) {
    const [m, n, r] = [30, 36, 16];
    const { b, a } = conditioned(m, n, r, 1e6, 0.5, 11);
    const x = orthogonal(r, 12);
    const stretch = (i: number) => mixing ** (i / (r - 1));
    const mix = matrix(r, r, (i, j) => x[i * r + j] * stretch(j));
    const unmix = matrix(r, r, (i, j) => x[j * r + i] / stretch(i));
    const input = moduleOf(m, n, [client(times(b, mix, m, r, r), times(unmix, a, r, r, n), m, n)]);
    const { sigma, product } = await errorsOf(input);
    t.ok(sigma < SIGMA_ERROR_MAX, `mixing ${mixing}: σ off by ${sigma}`);
    t.ok(product < 1e-6, `product off by ${product}`);
  }
});

t.test('rank-deficient stacks: equal clients, equal A, zero B, more rows than columns', async (t) => {
  const base = randomModule([20, 24], [{ rank: 4 }, { rank: 4 }, { rank: 6 }], 21);
  const [one, two, three] = base.clients;
  const zero = { ...two, b: rawOf(new Float64Array(80), 20, 4) };
  const cases: [string, ModuleInput, number][] = [
    ['a client repeated seven times', { ...base, clients: Array(7).fill(one) }, 4],
    ['one A for all', { ...base, clients: [one, { ...two, a: one.a }] }, 4],
    ['one B for all', { ...base, clients: [one, { ...two, b: one.b }, three] }, 10],
    ['a client without an update', { ...base, clients: [one, zero, three] }, 10],
    ['a stack longer than both sides', randomModule([7, 5], [{ rank: 20 }, { rank: 9 }], 22), 5],
    ['a stack longer than the short side', randomModule([6, 50], [{ rank: 20 }, { rank: 9 }], 23), 6],
  ];
  for (const [name, input, rank] of cases) {
    const errors = await errorsOf(input);
    t.equal(errors.rank, rank, name);
    t.ok(errors.sigma < SIGMA_ERROR_MAX && errors.product < 1e-6, `${name}: ${JSON.stringify(errors)}`);
  }
});

t.test('a small A beside a large B is not lost', async (t) => {
  for (const size of [1e-12, 1e-6, 1e6, 1e12]) {
    for (const shape of [
      [20, 24],
      [5, 24],
    ] as const) {
      const input = randomModule(
        shape,
        [{ rank: 3 }, { rank: 3, sizeA: size, sizeB: 1 / size }, { rank: 2 }],
        31,
      );
      const { sigma, product } = await errorsOf(input);
      t.ok(sigma < 1e-12, `A of size ${size}: σ off by ${sigma}`);
      t.ok(product < 2e-7, `product off by ${product}`);
    }
  }
});

t.test('numbers at the ends of float32', async (t) => {
  for (const [sizeA, sizeB] of [
    [1e-37, 1e30],
    [1e30, 1e-37],
    [1e-18, 1e-18],
    [1e17, 1e17],
  ]) {
    const { sigma, product } = await errorsOf(
      randomModule(
        [12, 10],
        [
          { rank: 3, sizeA, sizeB },
          { rank: 2, sizeA, sizeB },
        ],
        41,
      ),
    );
    t.ok(sigma < 1e-12 && product < 2e-7, `${sizeA} and ${sizeB}: ${sigma}, ${product}`);
  }
  const huge = randomModule([12, 10], [{ rank: 3, sizeA: 1e30, sizeB: 1e30 }], 42);
  await t.rejects(aggregateModule(referenceKernel, heldModule(huge), at(0.9)), { code: 'dtype_overflow' });
  const large = randomModule([12, 10], [{ rank: 3, sizeA: 1e5, sizeB: 1e5 }], 43);
  await t.rejects(aggregateModule(referenceKernel, heldModule(large), { ...at(0.9), dtype: 'F16' }), {
    code: 'dtype_overflow',
  });
});

t.test('no update at all publishes rank 1 of zeros, flagged', async (t) => {
  const [m, n] = [6, 8];
  const b = matrix(m, 2, normals(51));
  const a = matrix(2, n, normals(52));
  const none = new Float64Array(m * 2);
  const cases: [string, ModuleClient[]][] = [
    ['fresh adapters', [client(none, a, m, n), client(none, a, m, n)]],
    ['A is zero', [client(b, new Float64Array(2 * n), m, n)]],
    ['B of one, A of the other', [client(b, new Float64Array(2 * n), m, n), client(none, a, m, n)]],
    [
      'updates that cancel',
      [
        client(b, a, m, n, 0.5),
        client(
          b.map((x) => -x),
          a,
          m,
          n,
          0.5,
        ),
      ],
    ],
    [
      'updates that cancel to rounding',
      [
        client(b, a, m, n, 0.1),
        client(
          b.map((x) => -x),
          a,
          m,
          n,
          0.2,
        ),
        client(b, a, m, n, 0.3 - 0.2),
      ],
    ],
    ['no weight', [client(b, a, m, n, 0)]],
  ];
  for (const [name, clients] of cases) {
    for (const dtype of ['F32', 'F16', 'BF16'] as const) {
      const { report, ...factors } = await aggregateModule(
        referenceKernel,
        heldModule(moduleOf(m, n, clients)),
        {
          ...at(0.9),
          dtype,
        },
      );
      t.match(report, { degenerate: true, rank: 1, energy: 0, energyKept: 1, squaredError: 0 }, name);
      t.ok(report.singularValues.every((sigma) => sigma === 0));
      t.ok(toFloat64(factors.b, dtype).length === m && toFloat64(factors.a, dtype).length === n);
      t.ok([...factors.b, ...factors.a].every((byte) => byte === 0));
    }
  }
});

t.test('clients that nearly cancel leave what is left', async (t) => {
  const input = randomModule([16, 18], [{ rank: 4 }, { rank: 3 }], 61);
  const [big, small] = input.clients;
  const opposite = {
    ...big,
    b: rawOf(
      toFloat64(big.b.bytes, 'F32').map((x) => -x),
      16,
      4,
    ),
  };
  for (const share of [1e-2, 1e-4, 1e-6]) {
    const clients = [
      { ...big, weight: 0.5 },
      { ...opposite, weight: 0.5 },
      { ...small, weight: share },
    ];
    const { sigma } = await errorsOf({ ...input, clients });
    t.ok(sigma < 1e-7 / share, `what is left is ${share} of what cancels: σ off by ${sigma}`);
  }
});

t.test('signals buried under equal noise: a flat spectrum', async (t) => {
  const [m, n, r] = [20, 22, 18];
  const u = orthogonal(m, 71);
  const v = orthogonal(n, 72);
  const b = matrix(m, r, (i, j) => u[i * m + j]);
  const a = matrix(r, n, (i, j) => v[i * n + j]);
  const { sigma, product, rank } = await errorsOf(moduleOf(m, n, [client(b, a, m, n)]));
  t.equal(rank, r);
  t.ok(sigma < 1e-12 && product < 2e-7, `σ off by ${sigma}, product by ${product}`);
});

t.test('directions of one client that cancel each other do not hide what the others sent', async (t) => {
  const honest = randomModule([50, 60], Array(5).fill({ rank: 4 }), 41);
  const next = normals(42);
  const a = matrix(4, 60, next);
  for (const size of [1e5, 1e7, 1e9, 1e12]) {
    // as float32 rounds them, so that ± cancels to the last bit
    const b = Float32Array.from(matrix(50, 4, () => size * next()));
    const sides = matrix(50, 8, (i, j) => (j < 4 ? b[i * 4 + j] : -b[i * 4 + j - 4]));
    const rows = matrix(8, 60, (i, j) => a[(i % 4) * 60 + j]);
    const attacked = { ...honest, clients: [client(sides, rows, 50, 60), ...honest.clients] };
    const delta = denseDelta(honest);
    const plan = at(0.9);
    const expected = await aggregateModule(referenceKernel, heldModule(honest), plan);
    const made = await aggregateModule(referenceKernel, heldModule(attacked), plan);
    t.equal(made.report.rank, expected.report.rank, `size ${size}: ${made.report.pathReason}`);
    const [x, y] = [expected, made].map((adapter) => productOf(adapter, honest.shape, 'F32'));
    const error = distance(x, y) / frobenius(delta);
    t.ok(error < 1e-6 + 1e-15 * size, `the product is off by ${error}`);
    const flora = await aggregateModule(referenceKernel, heldModule(attacked), { ...plan, method: 'flora' });
    t.equal(flora.report.rank, 28, 'FLoRA is the stack, whatever its sum is');
  }
});

t.test('what is left when clients nearly cancel has the rank that it has', async (t) => {
  const base = randomModule([64, 64], [{ rank: 4 }, { rank: 4 }], 51);
  const [one, two] = base.clients;
  for (const difference of [1e-2, 1e-3, 1e-4, 1e-6]) {
    const [rows, noise] = [valuesOf(one.a), valuesOf(two.a)];
    const near = rawOf(
      matrix(4, 64, (i, j) => rows[i * 64 + j] + difference * noise[i * 64 + j]),
      4,
      64,
    );
    const clients = [one, { ...one, a: near, scale: -one.scale }];
    const { sigma, product, rank } = await errorsOf({ ...base, clients });
    t.equal(rank, 4, `${difference} apart`);
    t.ok(sigma < 2e-5 && product < 1e-6, `σ off by ${sigma}, the product by ${product}`);
  }
});

t.test('F16 keeps updates however small, as the wider dtypes do', async (t) => {
  for (const [m, n] of [
    [40, 64],
    [64, 40],
  ] as const) {
    for (const size of [1e-9, 1e-6, 1e-3, 1, 1e3, 1e6]) {
      const input = randomModule(
        [m, n],
        [
          { rank: 4, sizeB: size },
          { rank: 2, sizeB: size },
        ],
        61,
      );
      for (const tau of [0.9, 1]) {
        const plan = { ...at(tau), dtype: 'F16' } as const;
        const adapter = await aggregateModule(referenceKernel, heldModule(input), plan);
        const exact = await aggregateModule(referenceKernel, heldModule(input), at(tau));
        const [x, y] = [productOf(exact, [m, n], 'F32'), productOf(adapter, [m, n], 'F16')];
        const error = distance(x, y) / frobenius(x);
        // products of two factors near 2⁻¹⁴ are as small as F16 can carry at full precision
        t.ok(error < (size < 1e-6 ? 2e-2 : 5e-4), `B of size ${size}, ${m} × ${n}: off by ${error}`);
      }
    }
  }
});
