import t from 'tap';
import { blockLanczos } from '../../src/iteration/blockLanczos.js';
import { gramOperator } from '../../src/iteration/gramOperator.js';
import { startBlock } from '../../src/iteration/startBlock.js';
import { referenceKernel } from '../../src/kernel/referenceKernel.js';
import { eigenSymmetric } from '../../src/linalg/eigenSymmetric.js';
import { transpose } from '../../src/linalg/transpose.js';

const kernel = referenceKernel;

/** Grams of B (m, r) and A (r, n) with columns of B decaying by `decay`, and the σ² of B A by a direct solver. */
async function pencil(m: number, n: number, r: number, decay: number) {
  const b = startBlock(m, r);
  const a = startBlock(r, n + 1).subarray(r, r + r * n);
  for (let i = 0; i < m; i++) for (let j = 0; j < r; j++) b[i * r + j] *= decay ** j;
  const gramB = await kernel.multiply(transpose(b, m, r), b, r, m, r);
  const gramA = await kernel.multiply(a, transpose(a, r, n), r, n, r);
  const dense = await kernel.multiply(b, a, m, r, n);
  const square = await kernel.multiply(dense, transpose(dense, m, n), m, n, m);
  const values = eigenSymmetric(square, m).values;
  const energy = values.reduce((sum, value) => sum + value, 0);
  return { gramB, gramA, values, energy, b, r, m };
}

t.test('the leading pairs are those of a direct decomposition', async (t) => {
  for (const [m, n, r, decay] of [
    [60, 50, 40, 0.8],
    [40, 60, 90, 0.9],
    [50, 50, 50, 1],
  ] as const) {
    const { gramB, gramA, values, energy } = await pencil(m, n, r, decay);
    const goal = { total: energy, energy: 0.9 * energy, rank: 1, block: 8, dimensionMax: 200 };
    const found = await blockLanczos(gramOperator(kernel, gramB, gramA, r), goal);
    t.ok(found, `found for ${m}×${n}, r = ${r}`);
    if (!found) continue;
    let sum = 0;
    for (const [i, value] of found.values.entries()) {
      sum += value;
      t.ok(Math.abs(Math.sqrt(value) - Math.sqrt(values[i])) < 1e-9 * Math.sqrt(values[0]), `σ_${i + 1}`);
    }
    t.ok(sum >= 0.9 * energy, 'enough energy');
    t.ok(sum - found.values[found.values.length - 1] < 0.9 * energy, 'and no pair more than needed');
  }
});

t.test('the vectors are orthonormal in the metric, and z is their image in it', async (t) => {
  const { gramB, gramA, energy, r } = await pencil(40, 60, 90, 0.9);
  const goal = { total: energy, energy: 0.99 * energy, rank: 1, block: 8, dimensionMax: 200 };
  const found = await blockLanczos(gramOperator(kernel, gramB, gramA, r), goal);
  if (!found) throw new Error('not found');
  const p = found.values.length;
  const identity = await kernel.multiply(found.x, transpose(found.z, p, r), p, r, p);
  const image = await kernel.multiply(found.x, gramB, p, r, r);
  const length = Math.hypot(...image);
  for (let i = 0; i < p * p; i++) {
    t.ok(Math.abs(identity[i] - (i % (p + 1) === 0 ? 1 : 0)) < 1e-9);
  }
  for (let i = 0; i < image.length; i++) t.ok(Math.abs(image[i] - found.z[i]) < 1e-9 * length);
});

t.test('an update of low rank ends the iteration by itself', async (t) => {
  const { gramB, gramA, values, energy } = await pencil(40, 40, 5, 1);
  const goal = { total: energy, energy: Infinity, rank: Infinity, block: 8, dimensionMax: 100 };
  const found = await blockLanczos(gramOperator(kernel, gramB, gramA, 5), goal);
  t.equal(found?.values.length, 5);
  const sum = found?.values.reduce((total, value) => total + value, 0) ?? 0;
  t.ok(Math.abs(sum - energy) < 1e-12 * energy);
  t.ok(Math.abs((found?.values[4] ?? 0) - values[4]) < 1e-12 * values[0]);
});

t.test('it gives up where the goal needs more vectors than allowed', async (t) => {
  const { gramB, gramA, energy, r } = await pencil(50, 50, 50, 1);
  const goal = { total: energy, energy: 0.99 * energy, rank: 1, block: 8, dimensionMax: 16 };
  t.equal(await blockLanczos(gramOperator(kernel, gramB, gramA, r), goal), undefined);
});

t.test('a fixed rank stops it as well as energy does', async (t) => {
  const { gramB, gramA, values, energy, r } = await pencil(60, 50, 40, 0.8);
  const goal = { total: energy, energy: 0, rank: 3, block: 4, dimensionMax: 40 };
  const found = await blockLanczos(gramOperator(kernel, gramB, gramA, r), goal);
  t.equal(found?.values.length, 3);
  t.ok(Math.abs((found?.values[2] ?? 0) - values[2]) < 1e-10 * values[0]);
});

t.test('a σ that repeats more often than the block is wide is left to the direct solver', async (t) => {
  const size = 60;
  const identity = new Float64Array(size * size);
  for (let i = 0; i < size; i++) identity[i * size + i] = 1;
  const cases: [string, (i: number) => number, energy: number, rank: number][] = [
    ['all alike', () => 1, 0.9, 1],
    ['all alike but for rounding', (i) => 1 + 1e-9 * i, 0.9, 1],
    ['a fixed rank', () => 1, 0, 15],
    ['one that leads', (i) => (i === 0 ? 400 : 1), 0.95, 1],
    ['three kinds', (i) => [1, 0.5, 0.25, 0, 0][Math.floor(i / 12)], 0.9, 1],
  ];
  for (const [name, square, share, rank] of cases) {
    const gram = identity.map((one, at) => one * square(at % size));
    const total = gram.reduce((sum, value) => sum + value, 0);
    const goal = { total, energy: share * total, rank, block: 8, dimensionMax: 48 };
    t.equal(await blockLanczos(gramOperator(kernel, identity, gram, size), goal), undefined, name);
  }
});
