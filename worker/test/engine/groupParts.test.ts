import fc from 'fast-check';
import t from 'tap';
import { groupParts } from '../../src/engine/groupParts.js';

const sum = (ranks: readonly number[]) => ranks.reduce((total, rank) => total + rank, 0);

t.test('every part is in one group, in order', async (t) => {
  const ranks = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 130 });
  fc.assert(
    fc.property(ranks, (each) => {
      const groups = groupParts(each);
      t.strictSame(groups.flat(), [...each.keys()]);
      t.ok(groups.every((group) => group.length > 0));
      t.ok(groups.length <= 8);
    }),
    { numRuns: 200 },
  );
});

t.test('a small stack stays whole, and equal clients make equal groups', async (t) => {
  t.strictSame(groupParts([4, 4, 8, 8, 16]), [[0, 1, 2, 3, 4]]);
  const ranks = Array.from({ length: 100 }, () => 16);
  const sizes = groupParts(ranks).map((group) => sum(group.map(() => 16)));
  t.equal(sizes.length, 8);
  t.ok(sizes.every((size) => Math.abs(size - 200) <= 16));
});
