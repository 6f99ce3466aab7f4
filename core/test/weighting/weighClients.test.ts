import fc from 'fast-check';
import t from 'tap';
import type { Robust, Weighting } from '../../src/schemas/weighting.js';
import { clientProducts } from '../../src/weighting/clientProducts.js';
import { productsWanted } from '../../src/weighting/productsWanted.js';
import { weighClients } from '../../src/weighting/weighClients.js';
import { distance, frobenius } from '../linalg/dense.js';
import { type Conduct, denseUpdates, dot, mix, productsOf, roundOf } from './updates.js';

const clientsOf = (examples: readonly number[]) =>
  examples.map((numExamples, k) => ({ client: `c${k}`, numExamples }));

const anyConducts = fc.array(fc.constantFrom<Conduct[]>('honest', 'scaled', 'flipped', 'random', 'silent'), {
  minLength: 7,
  maxLength: 12,
});
const anySeed = fc.integer({ min: 0, max: 1e6 });
const anyRobust = fc.constantFrom<Robust[]>(
  { clip: { norm: 20 } },
  { clip: { timesMedian: 1 } },
  { dropCosine: { below: -0.5 } },
  { multiKrum: { faulty: 2 } },
  { multiKrum: { faulty: 1, keep: 3 } },
  { dropCosine: { below: -0.9 }, multiKrum: { faulty: 2 }, clip: { timesMedian: 1.5 } },
);

function middle(values: number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  const at = sorted.length / 2;
  return Number.isInteger(at) ? (sorted[at - 1] + sorted[at]) / 2 : sorted[Math.floor(at)];
}

/** Any order of the positions 0 to count − 1. */
const anyOrder = (count: number) =>
  fc.shuffledSubarray([...Array(count).keys()], { minLength: count, maxLength: count });

t.test('norms, scores and cosines are those of the dense updates', async () => {
  await fc.assert(
    fc.asyncProperty(anyConducts, anySeed, async (conducts, seed) => {
      const modules = roundOf(conducts, seed);
      const updates = denseUpdates(modules);
      const faulty = 2;
      const robust: Robust = { dropCosine: { below: -1 }, multiKrum: { faulty } };
      const weights = weighClients(
        { by: 'uniform', robust },
        clientsOf(conducts.map(() => 1)),
        await productsOf(modules),
      );
      const mean = mix(
        updates,
        weights.clients.map(({ weight }) => weight),
      );
      const cosineOf = (x: Float64Array, y: Float64Array) =>
        frobenius(x) > 0 && frobenius(y) > 0 ? dot(x, y) / (frobenius(x) * frobenius(y)) : 0;
      return weights.clients.every(({ norm, medianCosine, krumScore, cosineToMean }, k) => {
        const others = updates.filter((_, l) => l !== k);
        const squares = others.map((other) => distance(updates[k], other) ** 2).sort((x, y) => x - y);
        const score = squares.slice(0, updates.length - faulty - 2).reduce((sum, square) => sum + square, 0);
        const size = Math.max(...updates.map(frobenius)) ** 2;
        return (
          Math.abs((norm ?? 0) - frobenius(updates[k])) <= 1e-7 * frobenius(updates[k]) &&
          Math.abs((krumScore ?? 0) - score) <= 1e-9 * size &&
          Math.abs((medianCosine ?? 2) - middle(others.map((other) => cosineOf(updates[k], other)))) < 1e-9 &&
          Math.abs((cosineToMean ?? 2) - cosineOf(updates[k], mean)) < 1e-7
        );
      });
    }),
    { numRuns: 60, seed: 21 },
  );
});

t.test('permuting clients permutes their weights; scaling all updates changes none', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyConducts.chain((conducts) => fc.tuple(fc.constant(conducts), anyOrder(conducts.length))),
      anySeed,
      anyRobust,
      async ([conducts, order], seed, robust) => {
        const modules = roundOf(conducts, seed);
        const products = await productsOf(modules);
        const weighting: Weighting = { by: 'examples', maxShare: 0.3, robust };
        const examples = conducts.map((_, k) => 10 + k);
        const weigh = (of: typeof products, who = examples) => {
          try {
            return weighClients(weighting, clientsOf(who), of).clients.map(({ weight }) => weight);
          } catch (error) {
            return String(error);
          }
        };
        const plain = weigh(products);
        const moved = await productsOf(
          modules.map((input) => ({ ...input, clients: order.map((k) => input.clients[k]) })),
        );
        const permuted = weigh(
          moved,
          order.map((k) => examples[k]),
        );
        const larger = weigh({ ...products, values: products.values.map((x) => 2 ** 20 * x) });
        if (typeof plain === 'string' || typeof permuted === 'string' || typeof larger === 'string') {
          return plain === permuted;
        }
        const absolute = robust.clip?.norm !== undefined;
        // silent clients are alike, so which of them is dropped may follow their order
        if (conducts.filter((conduct) => conduct === 'silent').length > 1) return true;
        return (
          order.every((k, at) => Math.abs(permuted[at] - plain[k]) < 1e-9) &&
          (absolute || plain.every((weight, k) => Math.abs(weight - larger[k]) < 1e-12))
        );
      },
    ),
    { numRuns: 200, seed: 22 },
  );
});

t.test(
  'those who are kept share everything, under the cap; those who are dropped count for nothing',
  async (t) => {
    const conducts: Conduct[] = ['honest', 'honest', 'scaled', 'honest', 'honest', 'flipped', 'honest'];
    const products = await productsOf(roundOf(conducts, 3));
    const robust: Robust = { multiKrum: { faulty: 2 } };
    const { clients, clipNorm } = weighClients(
      { by: 'examples', maxShare: 0.3, robust },
      clientsOf([100, 1, 1, 1, 1, 1, 1]),
      products,
    );
    t.equal(clipNorm, undefined);
    t.strictSame(
      clients.map(({ verdict }) => verdict),
      conducts.map((conduct) => (conduct === 'honest' ? 'kept' : 'dropped')),
    );
    t.ok(Math.abs(clients.reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-12);
    t.ok(clients.every(({ weight }) => weight <= 0.3));
    t.match(clients[2], { weight: 0, factor: 0, reason: /score .* is number 7 of 7.* keeps the 5 lowest/ });
    t.match(clients[5], { weight: 0, reason: /score .* is number 6 of 7/ });
  },
);

t.test('clipping shrinks, and what it takes is not given to the others', async (t) => {
  const values = Float64Array.from([1, 0, 0, 4]); // norms 1 and, of the last, 2
  const products = clientProducts('diagonal', 4, values);
  const weigh = (robust: Robust) =>
    weighClients({ by: 'uniform', robust }, clientsOf([1, 1, 1, 1]), products);
  const bound = weigh({ clip: { norm: 0.5 } });
  t.strictSame(
    bound.clients.map(({ weight }) => weight),
    [0.125, 0.25, 0.25, 0.0625],
  );
  t.match(bound.clients[3], { factor: 0.25, verdict: 'clipped', reason: 'Its norm 2 is above 0.5.' });
  t.notOk('cosineToMean' in bound.clients[3], 'not known from norms alone');
  const relative = weigh({ clip: { timesMedian: 1 } });
  t.equal(relative.clipNorm, 1.5, 'the median of 1 and 2: zeros say nothing');
  const silent = weighClients(
    { by: 'uniform', robust: { clip: { timesMedian: 1 } } },
    clientsOf([1, 1]),
    clientProducts('diagonal', 2),
  );
  t.strictSame(
    silent.clients.map(({ weight, norm }) => [weight, norm]),
    [
      [0.5, 0],
      [0.5, 0],
    ],
  );
  t.notOk('clipNorm' in silent);
});

t.test('norms that are not finite are dropped by every policy, and cannot make a round fail', async (t) => {
  for (const worst of [Number.POSITIVE_INFINITY, Number.NaN]) {
    const conducts: Conduct[] = ['honest', 'honest', 'honest', 'scaled', 'honest', 'honest', 'honest'];
    const products = await productsOf(roundOf(conducts, 5));
    for (let j = 0; j < 7; j++) products.values[j <= 3 ? 6 + j : (j * (j + 1)) / 2 + 3] = worst;
    for (const robust of [
      { clip: { timesMedian: 2 } },
      { dropCosine: { below: 0 } },
      { multiKrum: { faulty: 2 } },
    ] satisfies Robust[]) {
      const { clients } = weighClients({ by: 'uniform', robust }, clientsOf(conducts.map(() => 1)), products);
      t.match(clients[3], { weight: 0, norm: null, verdict: 'dropped', reason: /not a finite number/ });
      t.ok(clients.every(({ weight }) => Number.isFinite(weight)));
      t.ok(Math.abs(clients.reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-12);
    }
  }
});

t.test('too few clients to tell, or none that is left, are refused with what to do', async (t) => {
  const six = await productsOf(roundOf(Array<Conduct>(6).fill('honest'), 1));
  const weigh = (robust: Robust, count = 6, products = six) =>
    weighClients({ by: 'uniform', robust }, clientsOf(Array(count).fill(1)), products);
  t.throws(() => weigh({ multiKrum: { faulty: 2 } }), {
    code: 'clients_too_few',
    message: /2 faulty clients needs at least 7 clients, and 6 have sent/,
  });
  t.equal(weigh({ multiKrum: { faulty: 1 } }).clients.filter(({ weight }) => weight > 0).length, 5);
  t.equal(weigh({ multiKrum: { faulty: 1, keep: 6 } }).clients.filter(({ weight }) => weight > 0).length, 5);
  t.throws(() => weigh({ dropCosine: { below: 0 } }, 2, clientProducts('triangle', 2)), {
    code: 'clients_too_few',
  });
  t.throws(() => weigh({ dropCosine: { below: 1 } }), {
    code: 'clients_all_dropped',
    message: /drops all 6 clients/,
  });
  t.throws(() => weigh({ clip: { norm: 1 } }, 5), /inner products of all clients/);
});

t.test('only what a policy needs is computed', async (t) => {
  t.equal(productsWanted({ by: 'uniform', maxShare: 0.5 }), undefined);
  t.equal(productsWanted({ by: 'examples', robust: { clip: { norm: 1 } } }), 'diagonal');
  t.equal(productsWanted({ by: 'examples', robust: { dropCosine: { below: 0 } } }), 'triangle');
});
