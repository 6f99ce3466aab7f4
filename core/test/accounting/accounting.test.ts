import t from 'tap';
import { downloadParameters } from '../../src/accounting/downloadParameters.js';
import { efficiency } from '../../src/accounting/efficiency.js';
import { parameterBytes } from '../../src/accounting/parameterBytes.js';
import type { ModuleShape, RoundShape } from '../../src/accounting/roundShape.js';
import { serverOperations } from '../../src/accounting/serverOperations.js';
import { totalRank } from '../../src/accounting/totalRank.js';
import { uploadParameters } from '../../src/accounting/uploadParameters.js';
import { rankCounts } from '../../src/florist/rankCounts.js';
import type { Method } from '../../src/schemas/aggregation.js';

const UNIFORM = Array<number>(8).fill(16);
const MIXED = [4, 4, 8, 8, 16, 16, 32, 64];

function moduleOf(m: number, n: number, ranks: readonly number[], rank = 1): ModuleShape {
  return {
    shape: [m, n],
    rank,
    stackedRank: ranks.reduce((sum, own) => sum + own, 0),
    clientRanks: rankCounts(ranks),
  };
}

function round(
  layers: number,
  shapes: readonly [number, number][],
  ranks: readonly number[],
  rank = 1,
): RoundShape {
  const layer = shapes.map(([m, n]) => moduleOf(m, n, ranks, rank));
  return { clients: ranks.length, modules: Array<ModuleShape[]>(layers).fill(layer).flat() };
}

const TINYLLAMA: [number, number][] = [
  [2048, 2048],
  [256, 2048],
];
const LLAMA_7B: [number, number][] = [
  [4096, 4096],
  [4096, 4096],
];
const LLAMA_1B: [number, number][] = [
  [2048, 2048],
  [512, 2048],
];

/** Communication efficiency × 10⁴ as the paper prints it: FedIT, FLoRA, FlexLoRA, FFA-LoRA. */
const PUBLISHED: [string, RoundShape, [number, number, number, number]][] = [
  ['TinyLlama, rank 16', round(22, TINYLLAMA, UNIFORM), [14.2, 1.78, 14.2, 28.4]],
  ['TinyLlama, mixed ranks', round(22, TINYLLAMA, MIXED), [3.55, 1.49, 11.96, 7.1]],
  ['Llama-7B, rank 16', round(32, LLAMA_7B, UNIFORM), [9.77, 1.22, 9.77, 19.53]],
  ['Llama-3.2-1B, mixed ranks', round(16, LLAMA_1B, MIXED), [4.88, 2.06, 16.45, 9.77]],
];
const METHODS: readonly Method[] = ['fedit', 'flora', 'flexlora', 'ffa-lora'];

/** The paper rounds most figures, cuts 1.4952 to 1.49 and doubles 14.20 to 28.40: one unit of the last digit. */
const PRINTED = 0.01;

for (const [setting, shape, figures] of PUBLISHED) {
  t.test(`communication efficiency as published: ${setting}`, async (t) => {
    for (const [i, method] of METHODS.entries()) {
      const value = 1e4 * efficiency(method, shape);
      t.ok(Math.abs(value - figures[i]) < PRINTED, `${method}: ${value} for ${figures[i]}`);
    }
  });
}

t.test('eight rank-16 TinyLlama clients upload 36.04 MB at two bytes a parameter', async (t) => {
  const bytes = parameterBytes(uploadParameters('florist', round(22, TINYLLAMA, UNIFORM)), 'F16');
  t.equal(bytes, 36_044_800);
  t.equal((bytes / 1e6).toFixed(2), '36.04');
});

t.test("the paper's server cost for Llama-7B: 2209.4 and 6.17 billion", async (t) => {
  const onePerLayer = round(32, [[4096, 4096]], MIXED, 0);
  t.equal((serverOperations('flexlora', onePerLayer) / 1e9).toFixed(1), '2209.4');
  t.equal((serverOperations('florist', onePerLayer) / 1e9).toFixed(2), '6.17');
  const published = round(32, [[4096, 4096]], MIXED, 10);
  const last = serverOperations('florist', published) - serverOperations('florist', onePerLayer);
  t.equal(last, 32 * 100 * 8192, 'and p² (m + n) for what is published');
});

t.test('total rank, parameters and bytes of every method', async (t) => {
  const modules = [moduleOf(10, 6, [2, 4], 3), moduleOf(8, 4, [2, 2], 1)];
  const shape: RoundShape = { clients: 2, modules };
  const expected: Record<Method, [rank: number, down: number, up: number, operations: number]> = {
    florist: [4, 3 * 16 + 12, 6 * 16 + 4 * 12, 36 * 22 + 9 * 16 + 16 * 16 + 12],
    fedit: [6, 4 * 16 + 2 * 12, 144, 144],
    flora: [10, 144, 144, 0],
    flexlora: [5, 72, 144, 2 * 60 + 6 * 60 + 36 * 16 + 2 * 32 + 4 * 32 + 16 * 12],
    'ffa-lora': [3, 4 * 10 + 2 * 8, 6 * 10 + 4 * 8, 92],
  };
  for (const [method, [rank, down, up, operations]] of Object.entries(expected) as [Method, number[]][]) {
    t.equal(totalRank(method, shape), rank, `${method}: rank`);
    t.equal(efficiency(method, shape), 1 / rank, `${method}: efficiency`);
    t.equal(downloadParameters(method, shape), down, `${method}: download`);
    t.equal(uploadParameters(method, shape), up, `${method}: upload`);
    t.equal(serverOperations(method, shape), operations, `${method}: operations`);
  }
  t.equal(parameterBytes(5, 'F32'), 20);
  t.equal(parameterBytes(5, 'BF16'), 10);
});

t.test('a client without a module counts in the mean over clients, as zero', async (t) => {
  const shape: RoundShape = { clients: 4, modules: [moduleOf(8, 8, [4, 4, 8])] };
  t.equal(totalRank('flexlora', shape), 4);
  t.equal(downloadParameters('flexlora', shape), 64);
});

t.test('a round without modules', async (t) => {
  t.equal(efficiency('florist', { clients: 0, modules: [] }), 0);
  t.equal(downloadParameters('flexlora', { clients: 0, modules: [] }), 0);
  t.throws(() => totalRank('flexlora', { clients: 0, modules: [moduleOf(1, 1, [1])] }), /clients/);
});
