import t from 'tap';
import { aggregateModule } from '../../src/florist/aggregateModule.js';
import { heldModule } from '../../src/florist/heldModule.js';
import { referenceKernel } from '../../src/kernel/referenceKernel.js';
import type { AdapterReport } from '../../src/results/adapterReport.js';
import { compareMethods } from '../../src/results/compareMethods.js';
import { similarityOf } from '../../src/results/similarityOf.js';
import type { Adapter } from '../../src/schemas/adapter.js';
import { AGGREGATION_DEFAULT } from '../../src/schemas/aggregation.js';
import { denseClient, denseMethod } from '../florist/modules.js';
import { type GoldenCase, readGolden } from '../golden/readGolden.js';
import { distance, frobenius } from '../linalg/dense.js';

const PLAN = { method: 'florist', rank: { policy: 'energy', tau: 0.9 }, dtype: 'F32' } as const;

async function reportOf(name: GoldenCase) {
  const golden = readGolden(name);
  const modules = await Promise.all(
    golden.map(async ({ input }) => ({
      ...(await aggregateModule(referenceKernel, heldModule(input), PLAN)).report,
      clients: [...input.clients.keys()],
    })),
  );
  const clients = golden[0].input.clients.map(({ weight }, k) => ({
    client: `client-${k}`,
    numExamples: 1,
    weight,
  }));
  const report: AdapterReport = {
    aggregation: AGGREGATION_DEFAULT,
    executionProvider: 'reference',
    computeSeconds: 1,
    clients,
    modules,
  };
  return { golden, report };
}

/** ‖ΔW − published‖ / ‖ΔW‖ over all modules, densely. */
function denseError(
  golden: ReturnType<typeof readGolden>,
  published: (index: number) => Float64Array,
): number {
  const squares = golden.map(({ delta }, index) => distance(delta, published(index)) ** 2);
  const energies = golden.map(({ delta }) => frobenius(delta) ** 2);
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  return Math.sqrt(sum(squares) / sum(energies));
}

t.test('errors of the other methods are those of their dense results', async (t) => {
  for (const name of ['homogeneous', 'heterogeneous', 'mixed-scaling'] as const) {
    const { golden, report } = await reportOf(name);
    const { methods } = compareMethods(report, []);
    const fedit = methods.find(({ method }) => method === 'fedit')?.relativeError ?? Number.NaN;
    const expected = denseError(golden, (index) => denseMethod('fedit', golden[index].input));
    t.ok(Math.abs(fedit - expected) < 1e-6 * expected, `FedIT of ${name}: ${fedit}`);
    t.match(
      methods.find(({ method }) => method === 'flora'),
      { relativeError: 0 },
    );
    t.match(
      methods.find(({ method }) => method === 'ffa-lora'),
      { relativeError: null, note: /A factors differ/ },
    );
  }
});

t.test('every method says what it costs to send, to receive and to compute', async (t) => {
  for (const name of ['homogeneous', 'heterogeneous', 'mixed-scaling', 'degenerate'] as const) {
    const { report } = await reportOf(name);
    const { methods, clients } = compareMethods(report, []);
    const shapes = report.modules.map(({ shape }) => shape);
    const all = report.modules.reduce(
      (sum, { stackedRank, shape: [m, n] }) => sum + stackedRank * (m + n),
      0,
    );
    const halves = report.modules.reduce((sum, { stackedRank, shape: [m] }) => sum + stackedRank * m, 0);
    t.same(
      [...new Set(methods.map(({ method }) => method))],
      ['florist', 'fedit', 'ffa-lora', 'flora', 'flexlora'],
    );
    for (const cost of methods) {
      const sent = cost.method === 'ffa-lora' ? halves : all;
      t.match(cost, { uploadParameters: sent, uploadBytes: 4 * sent }, `${cost.method} of ${name}`);
      t.match(cost, { clientUploadParameters: sent / clients, clientUploadBytes: (4 * sent) / clients });
      t.equal(cost.bytes, 4 * cost.parameters);
      t.equal(cost.efficiency, 1 / cost.totalRank);
      t.ok(
        cost.parameters > 0 && cost.parameters <= cost.totalRank * Math.max(...shapes.map(([m, n]) => m + n)),
      );
      t.ok(
        cost.method === 'flora' ? cost.flops === 0 : cost.flops > 0,
        `${cost.method}: ${cost.flops} operations`,
      );
    }
  }
});

t.test('FlexLoRA’s mean rank counts what is served: no cut of ΔW has more than ΔW', async (t) => {
  for (const [name, ranks, most] of [
    ['heterogeneous', [4, 4, 8, 8, 16, 16, 32, 64], [80, 24]],
    // of the second module, which is zero, rank 1 is published
    ['degenerate', [4, 4, 8, 2], [6, 1]],
  ] as const) {
    const { report } = await reportOf(name);
    t.same(report.clients.length, ranks.length);
    const served = most.flatMap((limit) => ranks.map((rank) => Math.min(rank, limit)));
    const mean = served.reduce((sum, rank) => sum + rank, 0) / ranks.length;
    const cost = compareMethods(report, []).methods.find(({ method }) => method === 'flexlora');
    t.equal(cost?.totalRank, mean, name);
  }
});

t.test('FLoRIST’s ranks over the grid of τ are those of the golden cases', async (t) => {
  for (const name of ['homogeneous', 'heterogeneous', 'mixed-scaling', 'degenerate'] as const) {
    const { golden, report } = await reportOf(name);
    for (const { method, tau, totalRank, bytes, relativeError } of compareMethods(report, []).methods) {
      if (method !== 'florist' || tau === undefined) continue;
      const ranks = golden.map(({ expected }) => Math.max(1, expected.rankAt[tau] ?? Number.NaN));
      if (ranks.some(Number.isNaN)) continue;
      const expected = ranks.reduce((sum, rank) => sum + rank, 0);
      t.equal(totalRank, expected, `${name} at τ ${tau}`);
      const parameters = golden.map(({ expected: { shape } }, i) => ranks[i] * (shape[0] + shape[1]));
      t.equal(bytes, 4 * parameters.reduce((sum, count) => sum + count, 0));
      t.ok(relativeError !== null && relativeError <= Math.sqrt(1 - tau));
    }
  }
});

t.test('a published adapter brings its measured time, at its own τ too', async (t) => {
  const { report } = await reportOf('homogeneous');
  const adapter: Adapter = {
    id: 'a2',
    state: 'published',
    current: false,
    aggregation: { ...AGGREGATION_DEFAULT, rank: { policy: 'energy', tau: 0.87 } },
    requestedAt: '2026-01-01T00:00:00.000Z',
    progress: { done: 4, total: 4 },
    result: {
      sha256: '0'.repeat(64),
      bytes: 1,
      modules: 4,
      degenerateModules: 0,
      totalRank: 8,
      stackedRank: 64,
      parameters: 1,
      energyKept: 0.9,
      relativeError: 0.3,
      executionProvider: 'cpu',
      seconds: 1.5,
      computeSeconds: 1,
    },
  };
  const { methods } = compareMethods(report, [adapter]);
  t.match(
    methods.find(({ tau }) => tau === 0.87),
    { seconds: 1.5, adapter: 'a2' },
  );
  t.notOk(methods.find(({ tau }) => tau === 0.9)?.seconds);
});

t.test('norms and cosines are those of the dense updates, per module and over the adapter', async (t) => {
  const { golden, report } = await reportOf('heterogeneous');
  const dense = golden.map(({ input }) => input.clients.map(denseClient));
  const cases = [
    { module: undefined, of: (k: number) => Float64Array.from(dense.flatMap((clients) => [...clients[k]])) },
    { module: report.modules[1].name, of: (k: number) => dense[1][k] },
  ];
  for (const { module, of } of cases) {
    const found = similarityOf(report, module);
    if (found === undefined) throw new Error('no similarity');
    const inner = (x: Float64Array, y: Float64Array) => x.reduce((sum, value, i) => sum + value * y[i], 0);
    for (const i of found.clients.keys()) {
      t.ok(Math.abs(found.norms[i] / frobenius(of(i)) - 1) < 1e-9, `norm of client ${i}`);
      for (const j of found.clients.keys()) {
        const expected = inner(of(i), of(j)) / (frobenius(of(i)) * frobenius(of(j)));
        t.ok(Math.abs(found.cosine[i][j] - expected) < 1e-9);
      }
    }
  }
});

t.test('a zero update has no direction, and an unknown module no similarity', async (t) => {
  const { report } = await reportOf('degenerate');
  const found = similarityOf(report);
  t.equal(found?.norms[2], 0);
  t.equal(found?.cosine[2][0], 0);
  t.equal(found?.cosineToMean[2], 0);
  t.ok(Math.abs((found?.cosine[0][1] ?? 0) - 1) < 1e-9, 'a client that repeats another');
  t.equal(similarityOf(report, 'layers.9'), undefined);
});
