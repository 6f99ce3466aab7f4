import fc from 'fast-check';
import t from 'tap';
import { aggregateModule } from '../../src/florist/aggregateModule.js';
import { aggregateStacks } from '../../src/florist/aggregateStacks.js';
import { heldModule } from '../../src/florist/heldModule.js';
import { measureModule } from '../../src/florist/measureModule.js';
import type {
  ModuleAdapter,
  ModuleInput,
  ModulePlan,
  ModuleReport,
  ModuleSource,
} from '../../src/florist/moduleReport.js';
import { reasonToAccumulate, STACK_RANK_MIN } from '../../src/florist/reasonToAccumulate.js';
import { toFloat64 } from '../../src/kernel/convert.js';
import type { Dtype } from '../../src/kernel/kernel.js';
import { referenceKernel } from '../../src/kernel/referenceKernel.js';
import { aggregateUpdate } from '../../src/update/aggregateUpdate.js';
import { anyModule, denseDelta, productOf, randomModule, rawOf, valuesOf } from '../florist/modules.js';
import { distance, farthest, flipped, frobenius, matrix, normals, times } from '../linalg/dense.js';
import { jacobiSvd } from '../linalg/jacobiSvd.js';

/** Of σ_1 or ‖ΔW‖: what two paths may differ by. Seen: 2e-13 for σ, 1e-7 for float32 products. */
const PATHS_DIFFER_MAX = 1e-6;
/** Of σ_1: ΔW's Gram matrix resolves √ε = 1.5e-8, which shows in σ that are zero. Seen: 2.2e-8. */
const SIGMA_ERROR_MAX = 4e-8;
/** Of the identity, for rows published in float32. */
const ROWS_ERROR_MAX = 5e-7;

const runs = (numRuns: number) => ({ numRuns, seed: 1602 });

const planOf = (method: ModulePlan['method'], rank: ModulePlan['rank'], dtype: Dtype = 'F32') => ({
  method,
  rank,
  dtype,
});

const byUpdate = (input: ModuleInput, plan: ModulePlan) =>
  aggregateUpdate(referenceKernel, heldModule(input), plan, 'a test');

async function byStacks(input: ModuleInput, plan: ModulePlan): Promise<ModuleAdapter> {
  const made = await aggregateStacks(referenceKernel, heldModule(input), plan);
  if (made === undefined) throw new Error('the updates cancel each other');
  return made;
}

/** The same clients, all with the first rows of the widest one's A. */
function frozen(input: ModuleInput): ModuleInput {
  const [m, n] = input.shape;
  const widest = input.clients.reduce((best, client) => (client.rank > best.rank ? client : best));
  const rows = valuesOf(widest.a);
  const clients = input.clients.map((client) => ({
    ...client,
    a: rawOf(rows.slice(0, client.rank * n), client.rank, n, widest.a.dtype),
    b: rawOf(valuesOf(client.b), m, client.rank, client.b.dtype),
  }));
  return { ...input, clients };
}

const close = (x: number, y: number, unit: number) => Math.abs(x - y) <= PATHS_DIFFER_MAX * unit;

/** Whether two reports of one module say the same, whatever path they took. */
function agree(x: ModuleReport, y: ModuleReport): boolean {
  const listed = Math.min(x.singularValues.length, y.singularValues.length);
  const sigma = y.singularValues[0];
  return (
    x.degenerate === y.degenerate &&
    x.rank === y.rank &&
    x.stackedRank === y.stackedRank &&
    close(x.energy, y.energy, y.energy) &&
    close(x.squaredError, y.squaredError, y.energy) &&
    close(x.energyKept, y.energyKept, 1) &&
    farthest(x.singularValues.slice(0, listed), y.singularValues.slice(0, listed)) <=
      PATHS_DIFFER_MAX * sigma &&
    close(x.methodErrors.fedit, y.methodErrors.fedit, y.energy + y.methodErrors.fedit) &&
    x.methodErrors['ffa-lora'] === y.methodErrors['ffa-lora'] &&
    x.methodErrors.flexlora.every((error, i) => close(error, y.methodErrors.flexlora[i], y.energy)) &&
    farthest(x.clientProducts ?? [], y.clientProducts ?? []) <=
      PATHS_DIFFER_MAX * Math.max(...(y.clientProducts ?? [0]).map(Math.abs))
  );
}

t.test('agrees with the path over the Gram matrices, for every method and policy', async () => {
  const anyPlan = fc.tuple(
    fc.constantFrom('florist', 'flexlora', 'flora', 'fedit', 'ffa-lora'),
    fc.constantFrom(
      { policy: 'energy', tau: 0.8 },
      { policy: 'energy', tau: 0.99 },
      { policy: 'fixed', rank: 3 },
    ),
  );
  await fc.assert(
    fc.asyncProperty(anyModule, anyPlan, async (input, [method, rank]) => {
      const module = method === 'ffa-lora' ? frozen(input) : input;
      const plan = planOf(method, rank as ModulePlan['rank']);
      const [x, y] = [await byUpdate(module, plan), await byStacks(module, plan)];
      const [one, other] = [productOf(x, module.shape, 'F32'), productOf(y, module.shape, 'F32')];
      return agree(x.report, y.report) && distance(one, other) <= PATHS_DIFFER_MAX * frobenius(other);
    }),
    runs(250),
  );
});

t.test('is the truncated singular value decomposition of the dense ΔW', async () => {
  await fc.assert(
    fc.asyncProperty(anyModule, fc.constantFrom(0.5, 0.9, 1), async (input, tau) => {
      const [m, n] = input.shape;
      const delta = denseDelta(input);
      const { s } = jacobiSvd(delta, m, n);
      const adapter = await byUpdate(input, planOf('florist', { policy: 'energy', tau }));
      const { rank: p, singularValues, squaredError } = adapter.report;
      const rows = toFloat64(adapter.a, 'F32');
      const identity = matrix(p, p, (i, j) => (i === j ? 1 : 0));
      const error = distance(productOf(adapter, input.shape, 'F32'), delta);
      return (
        farthest(singularValues, s.slice(0, singularValues.length)) < SIGMA_ERROR_MAX * s[0] &&
        farthest(times(rows, flipped(rows, p, n), p, n, p), identity) < ROWS_ERROR_MAX &&
        Math.abs(error - Math.sqrt(squaredError)) < PATHS_DIFFER_MAX * frobenius(delta)
      );
    }),
    runs(150),
  );
});

t.test('singular values over many orders of magnitude keep their vectors orthonormal', async (t) => {
  for (const shape of [
    [30, 24],
    [24, 30],
  ] as const) {
    const specs = Array.from({ length: 12 }, (_, k) => ({ rank: 2, sizeB: 10 ** (-k / 2) }));
    const input = randomModule(shape, specs, 12);
    const { a, report } = await byUpdate(input, planOf('florist', { policy: 'energy', tau: 1 }));
    t.ok(report.singularValues[report.rank - 1] < 1e-5 * report.singularValues[0], 'the case is hard');
    const rows = toFloat64(a, 'F32');
    const identity = matrix(report.rank, report.rank, (i, j) => (i === j ? 1 : 0));
    const image = times(rows, flipped(rows, report.rank, shape[1]), report.rank, shape[1], report.rank);
    t.ok(farthest(image, identity) < ROWS_ERROR_MAX, `${shape.join(' × ')}`);
  }
});

t.test(
  'an update of zero, and one whose clients cancel, publish rank 1 of zeros, FLoRA the stack',
  async (t) => {
    const input = randomModule([9, 7], [{ rank: 3 }, { rank: 3 }], 5);
    const [one] = input.clients;
    const opposite = { ...one, scale: -one.scale };
    const zero = { ...one, b: rawOf(new Float64Array(27), 9, 3) };
    for (const clients of [
      [zero, zero],
      [one, opposite],
    ]) {
      for (const method of ['florist', 'flexlora', 'flora'] as const) {
        const { report, a, b } = await byUpdate(
          { ...input, clients },
          planOf(method, { policy: 'energy', tau: 0.9 }),
        );
        const stacked = method === 'flora' && clients[1] === opposite;
        t.match(report, { degenerate: true, rank: stacked ? 6 : 1, energy: 0, squaredError: 0 }, method);
        t.equal(
          [...a, ...b].every((byte) => byte === 0),
          !stacked,
        );
      }
    }
  },
);

t.test('FFA-LoRA refuses factors that differ, and values must fit what is published', async (t) => {
  const input = randomModule([9, 7], [{ rank: 3 }, { rank: 3 }], 5);
  const energy = { policy: 'energy', tau: 0.9 } as const;
  await t.rejects(byUpdate(input, planOf('ffa-lora', energy)), { code: 'ffa_factors_differ' });
  const large = randomModule([9, 7], [{ rank: 3, sizeB: 1e10 }], 5);
  await t.rejects(byUpdate(large, planOf('florist', energy, 'F16')), { code: 'dtype_overflow' });
});

/** Clients made when they are read; remembers how many were alive at once at most. */
function crowd(count: number, shape: readonly [number, number], rank: number) {
  const reads: [from: number, to: number][] = [];
  const source: ModuleSource = {
    name: 'crowd',
    shape,
    shares: Array.from({ length: count }, () => ({ weight: 1 / count, scale: 2, rank })),
    async read(from, to) {
      reads.push([from, to]);
      return Array.from({ length: to - from }, (_, at) => {
        const next = normals(from + at + 1);
        return {
          b: rawOf(matrix(shape[0], rank, next), shape[0], rank),
          a: rawOf(matrix(rank, shape[1], next), rank, shape[1]),
        };
      });
    },
  };
  return { source, reads };
}

t.test('the planner accumulates where the stack is larger than ΔW, and reads batch by batch', async (t) => {
  const { source, reads } = crowd(900, [24, 20], 2);
  t.ok(reasonToAccumulate(source.shape, 1800));
  const plan = planOf('florist', { policy: 'energy', tau: 0.9 });
  const { report, ...factors } = await aggregateModule(referenceKernel, source, plan);
  t.match(report, { path: 'update', stackedRank: 1800, pathReason: /larger than the 24 × 20 update/ });
  t.equal(report.clientProducts, undefined, 'too many for their inner products');
  t.strictSame(
    reads.map(([from, to]) => to - from),
    [512, 388],
  );
  const clients = (await source.read(0, 900)).map((pair, k) => ({ ...source.shares[k], ...pair }));
  const held = { name: source.name, shape: source.shape, clients };
  const stacks = await byStacks(held, plan);
  t.equal(stacks.report.rank, report.rank);
  const [x, y] = [{ ...factors, report }, stacks].map((each) => productOf(each, source.shape, 'F32'));
  t.ok(distance(x, y) < PATHS_DIFFER_MAX * frobenius(y), 'what it publishes is the same');
  const measure = await measureModule(referenceKernel, source);
  t.equal(measure.path, 'update');
  t.equal(measure.singularValues.length, 20, 'a budget sees the whole spectrum');
});

t.test('the planner keeps to the Gram matrices where these are smaller', (t) => {
  t.equal(reasonToAccumulate([4096, 4096], 4096), undefined);
  t.match(reasonToAccumulate([4096, 4096], 4097), /stacked rank 4097/);
  t.match(reasonToAccumulate([256, 4096], 513), /larger than the 256 × 4096/);
  t.equal(reasonToAccumulate([8, 8], STACK_RANK_MIN), undefined, 'a small stack stays whole');
  t.end();
});

t.test('a client that cannot be read, or does not fit, ends it and frees the update', async (t) => {
  const { source } = crowd(300, [24, 20], 2);
  const plan = planOf('florist', { policy: 'energy', tau: 0.9 });
  const misfit = rawOf(new Float64Array(24 * 2), 12, 4);
  const broken: ModuleSource[] = [
    { ...source, read: () => Promise.reject(new Error('the disk is gone')) },
    { ...source, read: async (from, to) => (await source.read(from, to)).slice(1) },
    {
      ...source,
      read: async (from, to) => (await source.read(from, to)).map((pair) => ({ ...pair, b: misfit })),
    },
  ];
  const messages = [/the disk is gone/, /299 clients were read, not 300/, /of client 0 do not fit/];
  for (const [i, each] of broken.entries()) {
    let released = 0;
    const kernel = {
      ...referenceKernel,
      update: async (m: number, n: number) => {
        const update = await referenceKernel.update(m, n);
        return { ...update, release: () => void released++ };
      },
    };
    await t.rejects(aggregateModule(kernel, each, plan), messages[i]);
    t.equal(released, 1);
  }
});
