import { aggregateStacks } from '@florist/core/florist/aggregateStacks';
import { heldModule } from '@florist/core/florist/heldModule';
import type { ModuleAdapter, ModuleClient } from '@florist/core/florist/moduleReport';
import { toFloat64 } from '@florist/core/kernel/convert';
import { aggregateUpdate } from '@florist/core/update/aggregateUpdate';
import t from 'tap';
import { openOnnxKernel } from '../../src/engine/openOnnxKernel.js';
import { parts } from './factors.js';

/** Of σ_1 and of ‖ΔW‖. Seen: 4e-12 and 3e-8, the rounding of float32. */
const PATHS_DIFFER_MAX = 1e-6;

const [M, N, COUNT] = [560, 540, 150];
const RANKS = Array.from({ length: COUNT }, (_, k) => 2 + (k % 7));
const DTYPES = RANKS.map((_, k) => (['F32', 'F16', 'BF16'] as const)[k % 3] ?? 'F32');

const kernel = openOnnxKernel('cpu', 2);
t.teardown(() => kernel.close());

/** 744 directions on 560 × 540; each client counts half of the one before it, down to a floor. */
function crowd() {
  const b = parts('B', M, RANKS, DTYPES, 5);
  const a = parts('A', N, RANKS, DTYPES, 6);
  const clients = RANKS.flatMap((rank, k): ModuleClient[] => {
    const [left, right] = [b[k], a[k]];
    return left && right ? [{ weight: 1e-4 + 2 ** -(k + 1), scale: 2, rank, b: left, a: right }] : [];
  });
  return heldModule({ name: 'layers.0.q_proj', shape: [M, N], clients });
}

function product({ a, b, report: { rank } }: ModuleAdapter): Float64Array {
  const [left, right] = [toFloat64(b, 'F32'), toFloat64(a, 'F32')];
  const out = new Float64Array(M * N);
  for (let i = 0; i < M; i++) {
    for (let k = 0; k < rank; k++) {
      const factor = left[i * rank + k] ?? 0;
      for (let j = 0; j < N; j++) out[i * N + j] = (out[i * N + j] ?? 0) + factor * (right[k * N + j] ?? 0);
    }
  }
  return out;
}

const norm = (values: Float64Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

t.test('the three paths publish the same adapter', async (t) => {
  const source = crowd();
  for (const [tau, stacked] of [
    [0.8, 'iteration'],
    [0.999, 'gram'],
  ] as const) {
    const plan = { method: 'florist', rank: { policy: 'energy', tau }, dtype: 'F32' } as const;
    const x = await aggregateStacks(kernel, source, plan);
    if (x === undefined) throw new Error('the updates cancel each other');
    const y = await aggregateUpdate(kernel, source, plan, 'a test');
    t.match(x.report, { path: stacked, stackedRank: 744 });
    t.match(y.report, { path: 'update', rank: x.report.rank });
    const [largest = 0] = x.report.singularValues;
    for (const [i, sigma] of y.report.singularValues.entries()) {
      const other = x.report.singularValues[i];
      if (other !== undefined && Math.abs(sigma - other) > PATHS_DIFFER_MAX * largest) t.fail(`σ_${i + 1}`);
    }
    const [one, other] = [product(x), product(y)];
    const difference = norm(one.map((value, i) => value - (other[i] ?? 0))) / norm(one);
    t.ok(difference < PATHS_DIFFER_MAX, `${difference} of ‖ΔW‖`);
    t.ok(Math.abs(x.report.squaredError - y.report.squaredError) < PATHS_DIFFER_MAX * x.report.energy);
  }
});
