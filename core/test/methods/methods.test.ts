import fc from 'fast-check';
import t from 'tap';
import { aggregateModule } from '../../src/florist/aggregateModule.js';
import { CLIENT_PRODUCTS_MAX } from '../../src/florist/constants.js';
import { heldModule } from '../../src/florist/heldModule.js';
import { measureModule } from '../../src/florist/measureModule.js';
import type { ModuleInput } from '../../src/florist/moduleReport.js';
import { tailEnergies } from '../../src/florist/tailEnergies.js';
import { referenceKernel } from '../../src/kernel/referenceKernel.js';
import { sharesFactorA } from '../../src/methods/sharesFactorA.js';
import type { Method } from '../../src/schemas/aggregation.js';
import {
  anyModule,
  denseClient,
  denseDelta,
  denseMethod,
  productOf,
  randomModule,
  rawOf,
  valuesOf,
} from '../florist/modules.js';
import { distance, frobenius, matrix } from '../linalg/dense.js';
import { jacobiSvd, truncated } from '../linalg/jacobiSvd.js';

/** Of ‖ΔW‖, published in float32. */
const PRODUCT_ERROR_MAX = 2e-7;

const runs = (numRuns: number) => ({ numRuns, seed: 31 });

const aggregate = (input: ModuleInput, method: Method) =>
  aggregateModule(referenceKernel, heldModule(input), {
    method,
    rank: { policy: 'energy', tau: 0.9 },
    dtype: 'F32',
  });

/** The same clients with the first rows of one A for all, as FFA-LoRA has it. */
function frozen(input: ModuleInput): ModuleInput {
  const widest = input.clients.reduce((best, client) => (client.rank > best.rank ? client : best));
  const n = input.shape[1];
  const values = valuesOf(widest.a);
  const clients = input.clients.map((client) => ({
    ...client,
    a: rawOf(values.slice(0, client.rank * n), client.rank, n, client === widest ? widest.a.dtype : 'F32'),
  }));
  return { ...input, clients };
}

t.test('FedIT publishes the product of the averages, and its exact error', async () => {
  await fc.assert(
    fc.asyncProperty(anyModule, async (input) => {
      const delta = denseDelta(input);
      const answer = denseMethod('fedit', input);
      const adapter = await aggregate(input, 'fedit');
      const size = Math.max(frobenius(delta), frobenius(answer));
      const error = distance(answer, delta);
      return (
        adapter.report.rank === Math.max(...input.clients.map(({ rank }) => rank)) &&
        distance(productOf(adapter, input.shape, 'F32'), answer) < PRODUCT_ERROR_MAX * size &&
        Math.abs(Math.sqrt(adapter.report.squaredError) - error) < 1e-7 * size &&
        adapter.report.squaredError === adapter.report.methodErrors.fedit
      );
    }),
    runs(150),
  );
});

t.test('FLoRA publishes the stack: exact, at rank r', async () => {
  await fc.assert(
    fc.asyncProperty(anyModule, async (input) => {
      const delta = denseDelta(input);
      const adapter = await aggregate(input, 'flora');
      return (
        adapter.report.rank === adapter.report.stackedRank &&
        adapter.report.squaredError === 0 &&
        distance(productOf(adapter, input.shape, 'F32'), delta) <
          PRODUCT_ERROR_MAX * frobenius(delta) * adapter.report.rank
      );
    }),
    runs(60),
  );
});

t.test(
  'FlexLoRA is the truncation at the largest client rank; its slices serve the smaller ones',
  async () => {
    await fc.assert(
      fc.asyncProperty(anyModule, async (input) => {
        const [m, n] = input.shape;
        const delta = denseDelta(input);
        const svd = jacobiSvd(delta, m, n);
        const adapter = await aggregate(input, 'flexlora');
        const { methodErrors, clientRanks, squaredError } = adapter.report;
        const tails = tailEnergies(svd.s);
        const largest = Math.max(...input.clients.map(({ rank }) => rank));
        const answer = truncated(svd, m, n, largest);
        const excess = distance(productOf(adapter, input.shape, 'F32'), delta) - distance(answer, delta);
        return (
          excess < PRODUCT_ERROR_MAX * frobenius(delta) &&
          clientRanks.every(({ rank }, i) => {
            const tail = Math.sqrt(tails[Math.min(rank, tails.length - 1)]);
            return Math.abs(Math.sqrt(methodErrors.flexlora[i]) - tail) < 1e-7 * frobenius(delta);
          }) &&
          squaredError === methodErrors.flexlora.at(-1)
        );
      }),
      runs(100),
    );
  },
);

t.test('FFA-LoRA is exact where A is common', async () => {
  await fc.assert(
    fc.asyncProperty(anyModule, async (any) => {
      const input = frozen(any);
      const delta = denseDelta(input);
      const adapter = await aggregate(input, 'ffa-lora');
      const product = productOf(adapter, input.shape, 'F32');
      return (
        adapter.report.squaredError === 0 &&
        adapter.report.methodErrors['ffa-lora'] === 0 &&
        distance(product, delta) < 1e-6 * frobenius(delta) &&
        distance(product, denseMethod('ffa-lora', input)) < 1e-6 * frobenius(delta)
      );
    }),
    runs(100),
  );
});

t.test('FFA-LoRA is refused where one A differs by one bit, and says which module', async (t) => {
  const input = frozen(randomModule([6, 5], [{ rank: 2 }, { rank: 4 }, { rank: 4 }], 5));
  t.equal(sharesFactorA(input.clients), true);
  for (const [k, client] of input.clients.entries()) {
    const bytes = client.a.bytes.slice();
    bytes[bytes.length - 4] ^= 1;
    const clients = input.clients.with(k, { ...client, a: { ...client.a, bytes } });
    t.equal(sharesFactorA(clients), false, `client ${k}`);
    const refusal = { code: 'ffa_factors_differ', errors: [{ tensor: input.name }] };
    await t.rejects(aggregate({ ...input, clients }, 'ffa-lora'), refusal);
    t.equal(
      (await measureModule(referenceKernel, heldModule({ ...input, clients }))).methodErrors['ffa-lora'],
      null,
    );
  }
});

t.test('equal values in different dtypes are one A', async (t) => {
  const values = matrix(3, 4, (i, j) => i - j / 4);
  const b = rawOf(values.slice(0, 6), 2, 3);
  const clients = (['F32', 'F16', 'BF16'] as const).map((dtype) => ({
    weight: 1 / 3,
    scale: 1,
    rank: 3,
    b,
    a: rawOf(values, 3, 4, dtype),
  }));
  t.equal(sharesFactorA(clients), true);
  t.equal(
    sharesFactorA([
      {
        ...clients[0],
        a: rawOf(
          values.map((x) => x + 1e-6),
          3,
          4,
        ),
      },
      clients[1],
    ]),
    false,
  );
});

t.test('client inner products are those of the dense updates', async () => {
  await fc.assert(
    fc.asyncProperty(anyModule, async (input) => {
      const dense = input.clients.map(denseClient);
      const { clientProducts = [] } = await measureModule(referenceKernel, heldModule(input));
      const count = dense.length;
      return dense.every((x, i) =>
        dense.every((y, j) => {
          const inner = x.reduce((sum, value, index) => sum + value * y[index], 0);
          const size = frobenius(x) * frobenius(y);
          return (
            clientProducts.length === count * count &&
            Math.abs(clientProducts[i * count + j] - inner) < 1e-12 * size &&
            clientProducts[i * count + j] === clientProducts[j * count + i]
          );
        }),
      );
    }),
    runs(60),
  );
});

t.test('client inner products add up to the energy, and are left out for many clients', async (t) => {
  const many = (count: number) => randomModule([4, 4], Array(count).fill({ rank: 1 }), 6);
  const input = many(CLIENT_PRODUCTS_MAX);
  const { energy, clientProducts = [] } = await measureModule(referenceKernel, heldModule(input));
  const weight = 1 / CLIENT_PRODUCTS_MAX;
  const sum = clientProducts.reduce((total, product) => total + weight * weight * product, 0);
  t.ok(Math.abs(sum / energy - 1) < 1e-9);
  t.equal(
    (await measureModule(referenceKernel, heldModule(many(CLIENT_PRODUCTS_MAX + 1)))).clientProducts,
    undefined,
  );
});

t.test('clients that agree: every method is exact', async (t) => {
  const [one] = randomModule([8, 6], [{ rank: 3 }], 7).clients;
  const input: ModuleInput = {
    name: 'same',
    shape: [8, 6],
    clients: [1, 2, 3].map(() => ({ ...one, weight: 1 / 3 })),
  };
  const delta = denseDelta(input);
  for (const method of ['florist', 'fedit', 'flora', 'flexlora', 'ffa-lora'] as const) {
    const adapter = await aggregateModule(referenceKernel, heldModule(input), {
      method,
      rank: { policy: 'energy', tau: 1 },
      dtype: 'F32',
    });
    t.ok(distance(productOf(adapter, [8, 6], 'F32'), delta) < 1e-6 * frobenius(delta), method);
    t.ok(adapter.report.squaredError <= 1e-14 * adapter.report.energy, `${method} says so`);
  }
});

t.test('FedIT where ΔW is zero but its cross terms are not', async (t) => {
  const [one, two] = randomModule([8, 6], [{ rank: 2 }, { rank: 2 }], 8).clients;
  const clients = [
    { ...one, a: rawOf(new Float64Array(12), 2, 6) },
    { ...two, b: rawOf(new Float64Array(16), 8, 2) },
  ];
  const input: ModuleInput = { name: 'crossed', shape: [8, 6], clients };
  const adapter = await aggregate(input, 'fedit');
  const answer = denseMethod('fedit', input);
  t.match(adapter.report, { degenerate: true, rank: 2, energyKept: 0 });
  t.ok(distance(productOf(adapter, [8, 6], 'F32'), answer) < 1e-6 * frobenius(answer));
  t.ok(Math.abs(Math.sqrt(adapter.report.squaredError) / frobenius(answer) - 1) < 1e-12);
  for (const method of ['florist', 'flora', 'flexlora'] as const) {
    t.match((await aggregate(input, method)).report, { degenerate: true, rank: 1, energyKept: 1 });
  }
});
