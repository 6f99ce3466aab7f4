import t from 'tap';
import { balance } from '../../src/florist/balance.js';
import { type CoefficientPair, coefficients } from '../../src/florist/coefficients.js';
import { decompose } from '../../src/florist/decompose.js';
import { decomposeByIteration } from '../../src/florist/decomposeByIteration.js';
import { decomposeDirectly } from '../../src/florist/decomposeDirectly.js';
import type { ModuleInput } from '../../src/florist/moduleReport.js';
import { stackLayout } from '../../src/florist/stackLayout.js';
import { toFloat64 } from '../../src/kernel/convert.js';
import { referenceKernel } from '../../src/kernel/referenceKernel.js';
import { distance, frobenius, times } from '../linalg/dense.js';
import { denseDelta, randomModule, valuesOf } from './modules.js';

async function stackOf(input: ModuleInput) {
  const b = await referenceKernel.stack(
    'B',
    input.clients.map((client) => client.b),
  );
  const a = await referenceKernel.stack(
    'A',
    input.clients.map((client) => client.a),
  );
  return balance({ b: await b.gram(), a: await a.gram() }, stackLayout(input.clients));
}

/** B_g and A_g; in r-space they are not unique where the stack is rank-deficient. */
async function published(input: ModuleInput, pair: CoefficientPair, p: number) {
  const b = input.clients.map((client) => client.b);
  const a = input.clients.map((client) => client.a);
  const [left, right] = [await referenceKernel.stack('B', b), await referenceKernel.stack('A', a)];
  return {
    b: toFloat64(await left.project(pair.b, p, 'F32'), 'F32'),
    a: toFloat64(await right.project(pair.a, p, 'F32'), 'F32'),
  };
}

const decomposed = async (input: ModuleInput) =>
  decomposeDirectly(referenceKernel, await stackOf(input), input.shape, 'a test');

t.test('the factor of the shorter side is factored where the stack is longer than that side', async (t) => {
  const clients = [{ rank: 12 }, { rank: 8 }];
  const cases = [
    { shape: [40, 30], factored: 'A', factorRank: 20 },
    { shape: [30, 40], factored: 'A', factorRank: 20 },
    { shape: [40, 6], factored: 'A', factorRank: 6 },
    { shape: [6, 40], factored: 'B', factorRank: 6 },
    { shape: [9, 6], factored: 'A', factorRank: 6 },
    { shape: [6, 9], factored: 'B', factorRank: 6 },
  ] as const;
  for (const { shape, factored, factorRank } of cases) {
    const { singularValues, ...found } = await decomposed(randomModule(shape, clients, 3));
    t.match(found, { factored, factorRank }, shape.join(' × '));
    t.equal(singularValues.length, Math.min(20, ...shape));
  }
});

t.test('coefficients on the raw stack, with both sides factored', async (t) => {
  for (const shape of [
    [12, 30],
    [30, 12],
  ] as const) {
    const input = randomModule(shape, [{ rank: 16, examples: 3, scale: 0.5 }], 4);
    const [{ a, b }] = input.clients;
    const pair = await coefficients(referenceKernel, await decomposed(input), 12);
    const left = times(valuesOf(b), pair.b, shape[0], 16, 12);
    const right = times(pair.a, valuesOf(a), 12, 16, shape[1]);
    const delta = denseDelta(input);
    t.ok(distance(times(left, right, shape[0], 12, shape[1]), delta) < 1e-13 * frobenius(delta));
  }
});

t.test('an iteration finds what the direct solver finds, and the same coefficients', async (t) => {
  const specs = Array.from({ length: 50 }, (_, k) => ({ rank: 8, sizeB: 0.5 ** k, sizeA: 1 + k }));
  for (const shape of [
    [430, 410],
    [210, 420],
  ] as const) {
    const input = randomModule(shape, specs, 5);
    const stack = await stackOf(input);
    const direct = await decomposeDirectly(referenceKernel, stack, shape, 'a test');
    const goal = { energy: 0.7, rank: 10 };
    const iterated = await decomposeByIteration(referenceKernel, stack, goal, 'a test');
    if (iterated === undefined) throw new Error('the iteration gave up');
    const p = iterated.singularValues.length;
    t.ok(p >= 10 && p < direct.singularValues.length, `${p} singular values`);
    for (const [i, sigma] of iterated.singularValues.entries()) {
      t.ok(Math.abs(sigma - direct.singularValues[i]) < 1e-9 * direct.singularValues[0]);
    }
    const listed = iterated.singularValues.reduce((sum, sigma) => sum + sigma * sigma, 0);
    t.ok(Math.abs(listed + iterated.restEnergy - stack.energy) < 1e-12 * stack.energy, 'no energy is lost');
    const [x, y] = [
      await published(input, await coefficients(referenceKernel, direct, p), p),
      await published(input, await coefficients(referenceKernel, iterated, p), p),
    ];
    t.ok(distance(x.b, y.b) < 1e-6 * frobenius(x.b), 'the same B_g');
    t.ok(distance(x.a, y.a) < 1e-6 * frobenius(x.a), 'the same A_g');
  }
});

t.test('the planner says which way it took and why', async (t) => {
  const small = randomModule([30, 20], [{ rank: 4 }], 6);
  const found = await decompose(referenceKernel, await stackOf(small), small.shape, { energy: 0.9, rank: 1 });
  t.match(found, { path: 'gram', pathReason: /few enough to find all of them/ });
  const clients = Array.from({ length: 54 }, (_, k) => ({ rank: 10, sizeB: 0.5 ** k }));
  const large = randomModule([560, 540], clients, 7);
  const stack = await stackOf(large);
  const goals = [
    { energy: 0.9, rank: 1, path: 'iteration', pathReason: /only the leading singular values/ },
    { energy: 1, rank: 1, path: 'gram', pathReason: /nearly all/ },
  ];
  for (const { path, pathReason, ...goal } of goals) {
    t.match(await decompose(referenceKernel, stack, large.shape, goal), { path, pathReason });
  }
});
