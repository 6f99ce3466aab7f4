import t from 'tap';
import { balance } from '../../src/florist/balance.js';
import { coefficients } from '../../src/florist/coefficients.js';
import { decompose } from '../../src/florist/decompose.js';
import type { ModuleInput } from '../../src/florist/moduleReport.js';
import { stackLayout } from '../../src/florist/stackLayout.js';
import { referenceKernel } from '../../src/kernel/referenceKernel.js';
import { distance, frobenius, times } from '../linalg/dense.js';
import { denseDelta, randomModule, valuesOf } from './modules.js';

async function decomposed(input: ModuleInput) {
  const b = await referenceKernel.stack(
    'B',
    input.clients.map((client) => client.b),
  );
  const a = await referenceKernel.stack(
    'A',
    input.clients.map((client) => client.a),
  );
  const stack = balance({ b: await b.gram(), a: await a.gram() }, stackLayout(input));
  return decompose(referenceKernel, stack, input.shape);
}

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
