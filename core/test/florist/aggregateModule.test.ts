import fc from 'fast-check';
import t from 'tap';
import { aggregateModule } from '../../src/florist/aggregateModule.js';
import { heldModule } from '../../src/florist/heldModule.js';
import { measureModule } from '../../src/florist/measureModule.js';
import type { ModuleInput, ModulePlan } from '../../src/florist/moduleReport.js';
import { tailEnergies } from '../../src/florist/tailEnergies.js';
import { toFloat64 } from '../../src/kernel/convert.js';
import type { Dtype, Kernel } from '../../src/kernel/kernel.js';
import { referenceKernel } from '../../src/kernel/referenceKernel.js';
import { distance, farthest, flipped, frobenius, matrix, times } from '../linalg/dense.js';
import { jacobiSvd } from '../linalg/jacobiSvd.js';
import { anyModule, denseDelta, productOf, randomModule } from './modules.js';

/** Of σ_1. Seen: 2e-14; the Gram matrices promise 4e-8. */
const SIGMA_ERROR_MAX = 1e-12;
/** Of ‖ΔW‖, published in float32. Seen: 6e-8. */
const PRODUCT_ERROR_MAX = 2e-7;
/** Of the identity, for rows published in float32. Seen: 8e-8. */
const ROWS_ERROR_MAX = 5e-7;

const energy = (tau: number, dtype: Dtype = 'F32'): ModulePlan => ({
  method: 'florist',
  rank: { policy: 'energy', tau },
  dtype,
});

const runs = (numRuns: number) => ({ numRuns, seed: 20250609 });

const anyTau = fc.constantFrom(0.5, 0.8, 0.87, 0.9, 0.95, 0.99, 0.999, 1);

const aggregate = (input: ModuleInput, plan: ModulePlan) =>
  aggregateModule(referenceKernel, heldModule(input), plan);

async function published(input: ModuleInput, plan: ModulePlan): Promise<Float64Array> {
  return productOf(await aggregate(input, plan), input.shape, plan.dtype);
}

function rowsError(a: Uint8Array, p: number, n: number): number {
  const rows = toFloat64(a, 'F32');
  return farthest(
    times(rows, flipped(rows, p, n), p, n, p),
    matrix(p, p, (i, j) => (i === j ? 1 : 0)),
  );
}

t.test('spectrum, rank and product agree with the SVD of the dense ΔW', async () => {
  await fc.assert(
    fc.asyncProperty(anyModule, anyTau, async (input, tau) => {
      const [m, n] = input.shape;
      const delta = denseDelta(input);
      const norm = frobenius(delta);
      const { s } = jacobiSvd(delta, m, n);
      const shares = tailEnergies(s).map((tail) => 1 - tail / norm ** 2);
      const adapter = await aggregate(input, energy(tau));
      const { rank: p, singularValues, energy: total, energyKept, squaredError } = adapter.report;
      const tail = Math.sqrt(tailEnergies(s)[p]);
      const error = distance(productOf(adapter, input.shape, 'F32'), delta);
      return (
        farthest(singularValues, s.slice(0, singularValues.length)) < SIGMA_ERROR_MAX * s[0] &&
        Math.abs(total / norm ** 2 - 1) < 1e-12 &&
        error < tail + PRODUCT_ERROR_MAX * norm &&
        Math.abs(Math.sqrt(squaredError) - tail) < PRODUCT_ERROR_MAX * norm &&
        rowsError(adapter.a, p, n) < ROWS_ERROR_MAX &&
        Math.abs(energyKept - shares[p]) < 1e-12 &&
        shares[p] > tau - 1e-12 &&
        (tau === 1 || shares[p - 1] < tau + 1e-12)
      );
    }),
    runs(300),
  );
});

t.test('a published half is within its rounding of the float32 one', async () => {
  await fc.assert(
    fc.asyncProperty(anyModule, fc.constantFrom('F16', 'BF16'), async (input, dtype) => {
      const exact = await published(input, energy(0.99));
      const rounded = await published(input, energy(0.99, dtype));
      return distance(exact, rounded) <= (dtype === 'F16' ? 2 ** -10 : 2 ** -7) * frobenius(exact);
    }),
    runs(60),
  );
});

t.test('the order of clients does not matter', async () => {
  await fc.assert(
    fc.asyncProperty(anyModule, async (input) => {
      const turned = { ...input, clients: [...input.clients].reverse() };
      const [one, other] = [await aggregate(input, energy(1)), await aggregate(turned, energy(1))];
      const [x, y] = [productOf(one, input.shape, 'F32'), productOf(other, input.shape, 'F32')];
      const sigma = farthest(one.report.singularValues, other.report.singularValues);
      return (
        sigma < SIGMA_ERROR_MAX * one.report.singularValues[0] &&
        distance(x, y) < PRODUCT_ERROR_MAX * frobenius(x)
      );
    }),
    runs(60),
  );
});

t.test('ΔW scales with the weights, and with the scales', async () => {
  await fc.assert(
    fc.asyncProperty(anyModule, fc.double({ min: 0.01, max: 100, noNaN: true }), async (input, factor) => {
      const plain = await aggregate(input, energy(1));
      const results = await Promise.all(
        (['weight', 'scale'] as const).map((field) => {
          const clients = input.clients.map((client) => ({ ...client, [field]: factor * client[field] }));
          return aggregate({ ...input, clients }, energy(1));
        }),
      );
      return results.every(({ report }) => {
        const expected = plain.report.singularValues.map((sigma) => factor * sigma);
        return farthest(report.singularValues, expected) < SIGMA_ERROR_MAX * expected[0];
      });
    }),
    runs(60),
  );
});

t.test('a client in two halves, each with half its examples, changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(anyModule, async (input) => {
      const [first, ...others] = input.clients;
      const half = { ...first, weight: first.weight / 2 };
      const split = { ...input, clients: [half, ...others, half] };
      const [whole, halves] = [await aggregate(input, energy(0.95)), await aggregate(split, energy(0.95))];
      const [x, y] = [productOf(whole, input.shape, 'F32'), productOf(halves, input.shape, 'F32')];
      return whole.report.rank === halves.report.rank && distance(x, y) < PRODUCT_ERROR_MAX * frobenius(x);
    }),
    runs(60),
  );
});

t.test('a fixed rank is kept, up to what there is', async () => {
  await fc.assert(
    fc.asyncProperty(anyModule, fc.integer({ min: 1, max: 80 }), async (input, rank) => {
      const { report } = await aggregate(input, {
        method: 'florist',
        rank: { policy: 'fixed', rank },
        dtype: 'F32',
      });
      return report.rank === Math.min(rank, ...input.shape, report.stackedRank);
    }),
    runs(60),
  );
});

t.test('measuring and aggregating tell the same', async (t) => {
  const input = randomModule([20, 30], [{ rank: 4 }, { rank: 8, examples: 3 }, { rank: 4 }], 5);
  const measure = await measureModule(referenceKernel, heldModule(input));
  const { report } = await aggregate(input, energy(0.9));
  const { rank, squaredError, energyKept, seconds, ...rest } = report;
  t.strictSame(measure, rest);
  t.match(measure, {
    name: input.name,
    shape: [20, 30],
    stackedRank: 16,
    degenerate: false,
    path: 'gram',
    clientRanks: [
      { rank: 4, clients: 2 },
      { rank: 8, clients: 1 },
    ],
  });
  t.equal(measure.singularValues.length, 16);
  t.ok(rank > 0 && squaredError > 0 && energyKept >= 0.9);
  t.ok(Object.values(seconds).every((value) => value >= 0 && value < 10));
});

t.test('the same input gives the same bytes', async (t) => {
  const input = randomModule([24, 16], [{ rank: 8 }, { rank: 8 }, { rank: 8 }], 6);
  const first = await aggregate(input, energy(0.99));
  const second = await aggregate(input, energy(0.99));
  t.strictSame(second.b, first.b);
  t.strictSame(second.a, first.a);
});

t.test('signs do not depend on the order of clients', async () => {
  const shape = fc.constantFrom([24, 40] as const, [10, 40] as const, [40, 24] as const);
  await fc.assert(
    fc.asyncProperty(shape, fc.integer({ min: 0, max: 1e6 }), async (size, seed) => {
      const input = randomModule(size, [{ rank: 8 }, { rank: 5 }, { rank: 3 }], seed);
      const plain = await aggregate(input, energy(0.5));
      const turned = await aggregate({ ...input, clients: [...input.clients].reverse() }, energy(0.5));
      return farthest(toFloat64(plain.a, 'F32'), toFloat64(turned.a, 'F32')) < 1e-5;
    }),
    runs(40),
  );
});

/** The reference kernel, with a count of the stacks that are open. */
function countingKernel(failing?: 'gram' | 'project'): { kernel: Kernel; open: () => number } {
  let open = 0;
  const kernel: Kernel = {
    ...referenceKernel,
    async stack(side, parts) {
      const stack = await referenceKernel.stack(side, parts);
      open++;
      const fail = async () => {
        throw new Error('no such device');
      };
      return { ...stack, ...(failing && { [failing]: fail }), release: () => void open-- };
    },
  };
  return { kernel, open: () => open };
}

t.test('stacks are released, also when the kernel fails', async (t) => {
  const input = randomModule([6, 5], [{ rank: 2 }], 8);
  const working = countingKernel();
  await aggregateModule(working.kernel, heldModule(input), energy(0.9));
  await measureModule(working.kernel, heldModule(input));
  t.equal(working.open(), 0);
  for (const failing of ['gram', 'project'] as const) {
    const broken = countingKernel(failing);
    await t.rejects(aggregateModule(broken.kernel, heldModule(input), energy(0.9)), /no such device/);
    t.equal(broken.open(), 0);
  }
});

t.test('a module that does not fit together is a fault', async (t) => {
  const input = randomModule([6, 5], [{ rank: 2 }, { rank: 3 }], 9);
  const [first, second] = input.clients;
  const broken: ModuleInput[] = [
    { ...input, clients: [] },
    { ...input, shape: [6, 6] },
    { ...input, clients: [first, { ...second, rank: 2 }] },
    { ...input, clients: [first, { ...second, weight: Number.NaN }] },
    { ...input, clients: [first, { ...second, weight: -1 }] },
    { ...input, clients: [first, { ...second, scale: Number.POSITIVE_INFINITY }] },
  ];
  for (const module of broken) await t.rejects(aggregate(module, energy(0.9)), { name: 'Error' });
});
