import fc from 'fast-check';
import t from 'tap';
import { baseWeights } from '../../src/weighting/baseWeights.js';

const anyExamples = fc.array(
  fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.constantFrom(1, Number.MAX_SAFE_INTEGER)),
  { minLength: 1, maxLength: 30 },
);
const anyCap = fc.double({ min: 0.001, max: 1, noNaN: true });

t.test('by examples, uniform, and capped by hand', async (t) => {
  t.strictSame(baseWeights({ by: 'examples' }, [1, 3]), [0.25, 0.75]);
  t.strictSame(baseWeights({ by: 'uniform' }, [1, 3, 4]), [1 / 3, 1 / 3, 1 / 3]);
  t.strictSame(baseWeights({ by: 'uniform' }, [1, 9], [1, 0.5]), [2 / 3, 1 / 3], 'what is late counts less');
  t.strictSame(baseWeights({ by: 'examples' }, [2, 2], [1, 0.5]), [2 / 3, 1 / 3]);
  // 60 of 100 are cut to 40, and the 20 go to the others by 3 : 1
  const capped = baseWeights({ by: 'examples', maxShare: 0.4 }, [60, 30, 10]);
  for (const [k, wanted] of [0.4, 0.4, 0.2].entries()) t.ok(Math.abs(capped[k] - wanted) < 1e-15);
  t.strictSame(baseWeights({ by: 'examples', maxShare: 0.2 }, [60, 30, 10]), [1 / 3, 1 / 3, 1 / 3]);
  t.throws(() => baseWeights({ by: 'examples' }, []));
});

t.test('capped shares sum to 1, keep to the cap and their order, and fill up in proportion', async () => {
  fc.assert(
    fc.property(anyExamples, anyCap, (examples, cap) => {
      const shares = baseWeights({ by: 'examples' }, examples);
      const capped = baseWeights({ by: 'examples', maxShare: cap }, examples);
      const sum = capped.reduce((total, share) => total + share, 0);
      const infeasible = cap * examples.length <= 1;
      const bound = infeasible ? 1 / examples.length : cap;
      const free = capped.flatMap((share, k) => (share < bound * (1 - 1e-9) ? [share / shares[k]] : []));
      return (
        Math.abs(sum - 1) < 1e-9 &&
        capped.every((share) => share <= bound && share > 0) &&
        examples.every((own, i) => examples.every((other, j) => own < other || capped[i] >= capped[j])) &&
        free.every((level) => Math.abs(level / free[0] - 1) < 1e-9 && level >= 1 - 1e-9)
      );
    }),
    { numRuns: 1000, seed: 11 },
  );
});

t.test('a cap that binds nobody changes nothing', async (t) => {
  const examples = [5, 9, 2];
  const [free, capped] = [undefined, 0.9].map((maxShare) =>
    baseWeights({ by: 'examples', ...(maxShare && { maxShare }) }, examples),
  );
  for (const [k, share] of free.entries()) t.ok(Math.abs(share - capped[k]) < 1e-15);
});
