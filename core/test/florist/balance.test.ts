import t from 'tap';
import { balance } from '../../src/florist/balance.js';
import { stackLayout } from '../../src/florist/stackLayout.js';
import { referenceKernel } from '../../src/kernel/referenceKernel.js';
import { farthest, frobenius, matrix, times } from '../linalg/dense.js';
import { denseDelta, randomModule, valuesOf } from './modules.js';

const input = randomModule(
  [9, 7],
  [{ rank: 2, sizeA: 1e-4 }, { rank: 3, scale: -1, sizeB: 50 }, { rank: 1 }],
  3,
);
const layout = stackLayout(input.clients);

async function gramsOf(clients = input.clients) {
  const b = await referenceKernel.stack(
    'B',
    clients.map((client) => client.b),
  );
  const a = await referenceKernel.stack(
    'A',
    clients.map((client) => client.a),
  );
  return { b: await b.gram(), a: await a.gram() };
}

t.test('both diagonals are equal, the longest is 1, and the energy is that of ΔW', async (t) => {
  const stack = balance(await gramsOf(), layout);
  const diagonal = (gram: Float64Array) => matrix(6, 1, (i) => gram[i * 6 + i]);
  t.ok(farthest(diagonal(stack.a), diagonal(stack.b)) < 1e-14);
  t.ok(Math.abs(Math.max(...diagonal(stack.a)) - 1) < 1e-14);
  t.ok(Math.abs(stack.energy / frobenius(denseDelta(input)) ** 2 - 1) < 1e-13);
  t.equal(stack.degenerate, false);
});

t.test('the multipliers turn the raw stack into ΔW', async (t) => {
  const { left, right, unit } = balance(await gramsOf(), layout);
  const rebuilt = new Float64Array(63);
  for (const [k, { rank, a, b }] of input.clients.entries()) {
    const weighted = matrix(rank, 7, (i, j) => {
      const at = layout.offsets[k] + i;
      return unit * left[at] * right[at] * valuesOf(a)[i * 7 + j];
    });
    for (const [index, value] of times(valuesOf(b), weighted, 9, rank, 7).entries()) rebuilt[index] += value;
  }
  const delta = denseDelta(input);
  t.ok(farthest(rebuilt, delta) < 1e-13 * frobenius(delta));
});

t.test('a direction that is zero on one side is dropped on both', async (t) => {
  const grams = await gramsOf();
  for (let i = 0; i < 6; i++) grams.b[6 + i] = grams.b[i * 6 + 1] = 0;
  const { left, right, a } = balance(grams, layout);
  t.equal(left[1], 0);
  t.equal(right[1], 0);
  t.ok(matrix(6, 1, (i) => a[6 + i]).every((x) => x === 0));
  t.ok(left.every((x, j) => j === 1 || x !== 0));
});

t.test('Grams that are not finite, or not r × r, are faults', async (t) => {
  const grams = await gramsOf();
  t.throws(() => balance({ ...grams, a: grams.a.slice(1) }, layout), /6 × 6/);
  const broken = grams.b.slice();
  broken[4] = Number.NaN;
  t.throws(() => balance({ ...grams, b: broken }, layout), /finite/);
});
