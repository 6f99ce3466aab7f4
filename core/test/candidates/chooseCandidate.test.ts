import fc from 'fast-check';
import t from 'tap';
import { chooseCandidate, type Evidence } from '../../src/candidates/chooseCandidate.js';
import { isEvaluated } from '../../src/candidates/isEvaluated.js';
import { weightedMean } from '../../src/candidates/weightedMean.js';
import type { CandidatePolicy } from '../../src/schemas/candidates.js';

const COMMON = {
  taus: [0.8, 0.9, 0.99],
  metric: 'loss',
  higherIsBetter: false,
  waitSeconds: 60,
  minEvaluations: 2,
};
const BEST = { choose: 'best', ...COMMON } as const;
const SMALLEST = { choose: 'smallest', margin: 0.05, ...COMMON } as const;

const evidence = (adapter: string, totalRank: number, mean?: number, evaluations = 2): Evidence => ({
  ...{ adapter, label: `label of ${adapter}`, totalRank, mean },
  evaluations: mean === undefined ? 0 : evaluations,
});

const CANDIDATES = [evidence('a2', 10, 0.5), evidence('a1', 20, 0.42), evidence('a3', 60, 0.4)];

t.test('the best mean; of equal ones the smaller', async (t) => {
  t.match(chooseCandidate(BEST, CANDIDATES, []), {
    adapter: 'a3',
    reason: /^label of a3 has the best mean. loss: a2 \(label of a2, rank 10\) 0.5 by 2, a1 .* 0.42 by 2, a3/,
  });
  const upward = chooseCandidate({ ...BEST, higherIsBetter: true }, CANDIDATES, []);
  t.equal(upward?.adapter, 'a2');
  t.equal(chooseCandidate(BEST, [evidence('a1', 20, 0.4), evidence('a2', 10, 0.4)], [])?.adapter, 'a2');
});

t.test('the smallest within the margin of the best baseline, or else of the best candidate', async (t) => {
  t.equal(chooseCandidate(SMALLEST, CANDIDATES, [])?.adapter, 'a1');
  const baselines = [evidence('a4', 99, 0.46), evidence('a5', 99, 0.6)];
  t.match(chooseCandidate(SMALLEST, CANDIDATES, baselines), {
    adapter: 'a2',
    reason: /label of a2 has the smallest rank within 0.05 of label of a4.* a5 .* 0.6 by 2\.$/,
  });
  t.match(chooseCandidate(SMALLEST, CANDIDATES, [evidence('a4', 99, 0.1)]), {
    adapter: 'a3',
    reason: /No candidate is within 0.05 of label of a4/,
  });
  t.equal(
    chooseCandidate(SMALLEST, CANDIDATES, [evidence('a4', 99)])?.adapter,
    'a1',
    'baselines that nobody evaluated are none',
  );
});

t.test('what has too few evaluations counts for nothing', async (t) => {
  const few = [evidence('a1', 20, 0.1, 1), evidence('a2', 10, 0.5)];
  t.equal(chooseCandidate(BEST, few, [])?.adapter, 'a2');
  t.equal(chooseCandidate(BEST, few.slice(0, 1), []), undefined);
  t.equal(chooseCandidate(BEST, [], CANDIDATES), undefined);
  t.notOk(isEvaluated(BEST, few));
  t.ok(isEvaluated(BEST, CANDIDATES));
  t.notOk(isEvaluated(BEST, []), 'of none, all are not enough');
});

const anyEvidence = fc
  .array(
    fc.record({
      totalRank: fc.integer({ min: 1, max: 99 }),
      mean: fc.option(fc.double({ min: -5, max: 5, noNaN: true }), { nil: undefined }),
      evaluations: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 6 },
  )
  .map((all) => all.map((each, k) => evidence(`a${k + 1}`, each.totalRank, each.mean, each.evaluations)));

t.test('the choice does not depend on the order, and no candidate beats it by its own rule', async () => {
  fc.assert(
    fc.property(
      anyEvidence,
      fc.boolean(),
      fc.double({ min: 0, max: 3, noNaN: true }),
      (all, upward, margin) => {
        const policies: Exclude<CandidatePolicy, { choose: 'hold' }>[] = [
          { ...BEST, higherIsBetter: upward },
          { ...SMALLEST, margin, higherIsBetter: upward },
        ];
        const known = all.flatMap((each) =>
          each.mean !== undefined && each.evaluations >= 2 ? [{ ...each, mean: each.mean }] : [],
        );
        const better = (x: number, y: number) => (upward ? x > y : x < y);
        return policies.every((policy) => {
          const chosen = chooseCandidate(policy, all, []);
          if (chosen === undefined) return known.length === 0;
          const own = known.find(({ adapter }) => adapter === chosen.adapter);
          const reversed = chooseCandidate(policy, [...all].reverse(), []);
          const twin = known.find(({ adapter }) => adapter === reversed?.adapter);
          if (own === undefined || twin === undefined) return false;
          if (own.mean !== twin.mean || own.totalRank !== twin.totalRank) return false;
          if (policy.choose === 'best') return known.every(({ mean }) => !better(mean, own.mean));
          const best = known.reduce((x, y) => (better(y.mean, x.mean) ? y : x)).mean;
          return known.every(
            ({ mean, totalRank }) => Math.abs(mean - best) > margin || totalRank >= own.totalRank,
          );
        });
      },
    ),
    { numRuns: 500, seed: 3 },
  );
});

t.test('means are weighted by examples and never overflow', async (t) => {
  t.strictSame(
    weightedMean([
      { value: 1, numExamples: 1 },
      { value: 4, numExamples: 2 },
    ]),
    {
      mean: 3,
      numExamples: 3,
    },
  );
  t.ok(Number.isFinite(weightedMean(Array(4).fill({ value: Number.MAX_VALUE, numExamples: 1e9 })).mean));
  t.throws(() => weightedMean([]));
});
