import fc from 'fast-check';
import t from 'tap';
import type { ModuleClient } from '../../src/florist/moduleReport.js';
import type { Weighting } from '../../src/schemas/weighting.js';
import { weighClients } from '../../src/weighting/weighClients.js';
import { rawOf } from '../florist/modules.js';
import { distance, frobenius, matrix, normals } from '../linalg/dense.js';
import { type Conduct, denseUpdates, mix, productsOf, roundOf } from './updates.js';

/** A fifth of 20 clients is malicious. */
const CLIENTS = 20;
const FAULTY = 4;

const anyAttack = fc.constantFrom<Conduct[]>('scaled', 'flipped', 'random', 'silent');
/** Either all alike, or each as it pleases. */
const anyAttackers = fc.oneof(
  anyAttack.map((attack) => Array<Conduct>(FAULTY).fill(attack)),
  fc.array(anyAttack, { minLength: FAULTY, maxLength: FAULTY }),
);
const anyRound = fc.record({
  attackers: anyAttackers,
  examples: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: CLIENTS, maxLength: CLIENTS }),
  seed: fc.integer({ min: 0, max: 1e6 }),
  noise: fc.constantFrom(0.05, 0.3, 1, 3),
});
interface Attacked {
  attackers: Conduct[];
  examples: number[];
  seed: number;
  noise: number;
}

async function play({ attackers, examples, seed, noise }: Attacked, robust: Weighting['robust']) {
  const conducts = [...Array<Conduct>(CLIENTS - FAULTY).fill('honest'), ...attackers];
  const modules = roundOf(conducts, seed, noise);
  const updates = denseUpdates(modules);
  const weighting: Weighting = { by: 'examples', ...(robust && { robust }) };
  const clients = examples.map((numExamples, k) => ({ client: `c${k}`, numExamples }));
  const { clients: weighed, clipNorm = Number.POSITIVE_INFINITY } = weighClients(
    weighting,
    clients,
    await productsOf(modules),
  );
  const honest = conducts.map((conduct) => conduct === 'honest');
  const shares = weighed.map(({ baseWeight }, k) => (honest[k] ? baseWeight : 0));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const weights = weighed.map(({ weight }) => weight);
  return {
    updates,
    honest,
    weighed,
    clipNorm,
    /** β, what malicious clients weigh in the answer. */
    malicious: weights.reduce((sum, weight, k) => sum + (honest[k] ? 0 : weight), 0),
    /** What honest clients alone would have made. */
    honestMean: mix(
      updates,
      shares.map((share) => share / total),
    ),
    result: mix(updates, weights),
  };
}

t.test(
  'multi-Krum: the result is within (1 + βρ) D of the honest mean, whatever f clients send',
  async () => {
    // ρ = √((K − f − 2) / (K − 2f − 1)); D is the largest distance between two honest updates
    const reach = Math.sqrt((CLIENTS - FAULTY - 2) / (CLIENTS - 2 * FAULTY - 1));
    await fc.assert(
      fc.asyncProperty(anyRound, async (round) => {
        const { updates, honest, malicious, honestMean, result } = await play(round, {
          multiKrum: { faulty: FAULTY },
        });
        const good = updates.filter((_, k) => honest[k]);
        const diameter = Math.max(...good.flatMap((x) => good.map((y) => distance(x, y))));
        return distance(result, honestMean) <= (1 + malicious * reach) * diameter * (1 + 1e-9);
      }),
      { numRuns: 100, seed: 41 },
    );
  },
);

t.test(
  'clipping: malicious clients move the result by β × bound, and honest ones lose what is cut',
  async () => {
    await fc.assert(
      fc.asyncProperty(anyRound, fc.constantFrom(0.5, 1, 2), async (round, timesMedian) => {
        const { updates, honest, weighed, clipNorm, honestMean, result } = await play(round, {
          clip: { timesMedian },
        });
        const share = weighed.reduce((sum, { baseWeight }, k) => sum + (honest[k] ? 0 : baseWeight), 0);
        const cut = weighed.reduce(
          (sum, { baseWeight, factor }, k) =>
            sum + (honest[k] ? baseWeight * (1 - factor) * frobenius(updates[k]) : 0),
          0,
        );
        const longest = Math.max(...updates.map((update, k) => (honest[k] ? frobenius(update) : 0)));
        return (
          // fewer than half are malicious, so the median is no longer than the longest honest update
          clipNorm <= timesMedian * longest * (1 + 1e-9) &&
          distance(result, honestMean) <= (share * (frobenius(honestMean) + clipNorm) + cut) * (1 + 1e-9)
        );
      }),
      { numRuns: 100, seed: 42 },
    );
  },
);

t.test('median cosines: others cannot move an honest client below what honest clients give it', async () => {
  await fc.assert(
    fc.asyncProperty(anyRound, async (round) => {
      const { updates, honest, weighed } = await play(round, { dropCosine: { below: -1 } });
      return weighed.every(({ medianCosine = Number.NaN }, k) => {
        const cosines = updates.flatMap((other, l) => {
          if (l === k || !honest[l]) return [];
          const product = other.reduce((sum, x, i) => sum + x * updates[k][i], 0);
          const size = frobenius(other) * frobenius(updates[k]);
          return [size > 0 ? product / size : 0];
        });
        return medianCosine >= Math.min(...cosines) - 1e-9 && medianCosine <= Math.max(...cosines) + 1e-9;
      });
    }),
    { numRuns: 60, seed: 43 },
  );
});

t.test('without a policy the same clients do damage that each policy prevents', async (t) => {
  const examples = Array<number>(CLIENTS).fill(50);
  const attack = async (attacker: Conduct, robust: Weighting['robust']) => {
    const round = { attackers: Array<Conduct>(FAULTY).fill(attacker), examples, seed: 9, noise: 0.3 };
    const { result, honestMean } = await play(round, robust);
    return distance(result, honestMean) / frobenius(honestMean);
  };
  const policies: [Conduct, Weighting['robust'], number][] = [
    ['scaled', { multiKrum: { faulty: FAULTY } }, 0.05],
    ['scaled', { clip: { timesMedian: 1 } }, 0.1],
    ['flipped', { multiKrum: { faulty: FAULTY } }, 0.05],
    ['flipped', { dropCosine: { below: 0 } }, 0.05],
    ['random', { multiKrum: { faulty: FAULTY } }, 0.05],
    ['random', { dropCosine: { below: 0.3 } }, 0.05],
  ];
  for (const [attacker, robust, atMost] of policies) {
    const without = await attack(attacker, undefined);
    const under = await attack(attacker, robust);
    t.ok(under < atMost, `${attacker} under ${JSON.stringify(robust)}: off by ${under}`);
    t.ok(under < without / 2, `without a policy by ${without}`);
  }
  t.ok((await attack('scaled', undefined)) > 10, 'scaled updates take the mean over');
});

t.test(
  'a client whose own directions cancel is dropped by every policy, however short its update is',
  async (t) => {
    const [first, ...others] = roundOf(Array<Conduct>(7).fill('honest'), 8);
    const next = normals(9);
    const [m, n] = first.shape;
    const b = Float32Array.from(matrix(m, 1, () => 1e6 * next()));
    const a = Float32Array.from(matrix(1, n, next));
    const hidden: ModuleClient = {
      ...{ rank: 2, scale: 1, weight: 1 / 7 },
      b: rawOf(
        matrix(m, 2, (i, j) => (j === 0 ? b[i] : -b[i])),
        m,
        2,
      ),
      a: rawOf(
        matrix(2, n, (_, j) => a[j]),
        2,
        n,
      ),
    };
    const modules = [{ ...first, clients: [hidden, ...first.clients.slice(1)] }, ...others];
    const clients = modules[0].clients.map((_, k) => ({ client: `c${k}`, numExamples: 1 }));
    const products = await productsOf(modules);
    for (const robust of [
      { clip: { timesMedian: 1.5 } },
      { dropCosine: { below: 0 } },
      { multiKrum: { faulty: 2 } },
    ] satisfies Weighting['robust'][]) {
      const { clients: weighed } = weighClients({ by: 'uniform', robust }, clients, products);
      t.match(weighed[0], { verdict: 'dropped', weight: 0, norm: null, reason: /cancel each other/ });
      t.ok(weighed.slice(1).some(({ weight }) => weight > 0));
    }
  },
);
