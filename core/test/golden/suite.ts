import type { Test } from 'tap';
import { aggregateModule } from '../../src/florist/aggregateModule.js';
import { heldModule } from '../../src/florist/heldModule.js';
import { measureModule } from '../../src/florist/measureModule.js';
import type { ModuleAdapter, ModulePlan } from '../../src/florist/moduleReport.js';
import { toFloat64 } from '../../src/kernel/convert.js';
import type { Dtype, Kernel } from '../../src/kernel/kernel.js';
import { denseMethod, productOf } from '../florist/modules.js';
import { distance, farthest, flipped, frobenius, matrix, times } from '../linalg/dense.js';
import { jacobiSvd, type Svd, truncated } from '../linalg/jacobiSvd.js';
import { GOLDEN_CASES, type GoldenModule, readGolden } from './readGolden.js';

/** Of σ_1. The Gram matrices resolve 4e-8. */
const SIGMA_ERROR_MAX = 1e-6;
/** Of ‖ΔW‖, in float32 output. */
const PRODUCT_ERROR_MAX = 1e-5;
/** Rows of A_g are float32 unit vectors. */
const ORTHONORMALITY_MAX = 1e-5;
/** Of ‖ΔW‖: both published factors are rounded to half their dtype's last place. */
const ROUNDING: Record<Dtype, number> = { F32: PRODUCT_ERROR_MAX, F16: 2 ** -10, BF16: 2 ** -7 };

const florist = (tau: number, dtype: Dtype = 'F32'): ModulePlan => ({
  method: 'florist',
  rank: { policy: 'energy', tau },
  dtype,
});

/**
 * Holds a kernel to every golden case. Truncations are computed here from the exact ΔW, by an SVD that shares nothing
 * with the code under test.
 */
export function goldenSuite(t: Test, makeKernel: () => Kernel | Promise<Kernel>): void {
  for (const name of GOLDEN_CASES) {
    for (const module of readGolden(name)) {
      t.test(`golden ${name}: ${module.input.name}`, async (t) => {
        const kernel = await makeKernel();
        const svd = jacobiSvd(module.delta, ...module.input.shape);
        await t.test('spectrum', (t) => checkSpectrum(t, kernel, module));
        await t.test('rank and product at every τ', (t) => checkThresholds(t, kernel, module, svd));
        await t.test('published dtypes', (t) => checkDtypes(t, kernel, module, svd));
        await t.test('other methods', (t) => checkMethods(t, kernel, module, svd));
      });
    }
  }
}

async function checkSpectrum(t: Test, kernel: Kernel, { input, expected }: GoldenModule): Promise<void> {
  const measure = await measureModule(kernel, heldModule(input));
  t.match(measure, { shape: expected.shape, stackedRank: expected.stackedRank });
  t.equal(measure.degenerate, expected.energy === 0);
  t.ok(Math.abs(measure.energy - expected.energy) <= 1e-12 * expected.energy, 'energy');
  const count = Math.min(expected.stackedRank, ...expected.shape);
  t.equal(measure.singularValues.length, count);
  const error = farthest(measure.singularValues, expected.singularValues.slice(0, count));
  t.ok(error <= SIGMA_ERROR_MAX * expected.singularValues[0], `σ off by ${error}`);
}

async function checkThresholds(t: Test, kernel: Kernel, module: GoldenModule, svd: Svd): Promise<void> {
  const { singularValues } = module.expected;
  const atOne = singularValues.filter((sigma) => sigma > 1e-7 * singularValues[0]).length;
  for (const [key, rank] of [...Object.entries(module.expected.rankAt), ['1', atOne] as const]) {
    const adapter = await aggregateModule(kernel, heldModule(module.input), florist(Number(key)));
    t.equal(adapter.report.rank, Math.max(1, rank), `rank at τ = ${key}`);
    t.ok(adapter.report.energyKept >= Number(key) - 1e-12, 'keeps its share');
    checkProduct(t, adapter, 'F32', module, svd, rank);
    if (rank > 0) {
      const error = orthonormality(adapter, module);
      t.ok(error <= ORTHONORMALITY_MAX, `A_gA_gᵀ off I by ${error}`);
    }
  }
}

async function checkDtypes(t: Test, kernel: Kernel, module: GoldenModule, svd: Svd): Promise<void> {
  for (const dtype of ['F16', 'BF16'] as const) {
    const adapter = await aggregateModule(kernel, heldModule(module.input), florist(0.99, dtype));
    checkProduct(t, adapter, dtype, module, svd, module.expected.rankAt['0.99']);
  }
}

async function checkMethods(t: Test, kernel: Kernel, module: GoldenModule, svd: Svd): Promise<void> {
  const { input, delta } = module;
  const [m, n] = input.shape;
  const norm = frobenius(delta);
  const largest = Math.max(...input.clients.map(({ rank }) => rank));
  const answers = {
    fedit: denseMethod('fedit', input),
    flora: delta,
    flexlora: truncated(svd, m, n, largest),
  };
  for (const [method, answer] of Object.entries(answers)) {
    const adapter = await aggregateModule(kernel, heldModule(input), {
      ...florist(0.9),
      method: method as keyof typeof answers,
    });
    const error = distance(productOf(adapter, input.shape, 'F32'), answer);
    t.ok(error <= PRODUCT_ERROR_MAX * norm, `${method} is off by ${error}`);
    const reported = Math.sqrt(adapter.report.squaredError);
    t.ok(Math.abs(reported - distance(answer, delta)) <= 1e-6 * norm, `${method} knows its error`);
  }
  await t.rejects(aggregateModule(kernel, heldModule(input), { ...florist(0.9), method: 'ffa-lora' }), {
    code: 'ffa_factors_differ',
  });
}

function checkProduct(
  t: Test,
  adapter: ModuleAdapter,
  dtype: Dtype,
  { input, delta }: GoldenModule,
  svd: Svd,
  rank: number,
): void {
  const [m, n] = input.shape;
  const error = distance(productOf(adapter, input.shape, dtype), truncated(svd, m, n, rank));
  t.ok(error <= ROUNDING[dtype] * frobenius(delta), `${dtype} product off by ${error}`);
}

function orthonormality({ a, report }: ModuleAdapter, { input }: GoldenModule): number {
  const n = input.shape[1];
  const p = report.rank;
  const rows = toFloat64(a, 'F32');
  const gram = times(rows, flipped(rows, p, n), p, n, p);
  return farthest(
    gram,
    matrix(p, p, (i, j) => (i === j ? 1 : 0)),
  );
}
