import t from 'tap';
import { inParallel } from '../../src/aggregation/inParallel.js';

const pause = () => new Promise((resolve) => setTimeout(resolve, 2));

t.test('keeps the order of the items and never more calls under way than allowed', async (t) => {
  let now = 0;
  let most = 0;
  const results = await inParallel([...Array(20).keys()], 3, async (item) => {
    now += 1;
    most = Math.max(most, now);
    if (item % 4 === 0) await pause();
    await pause();
    now -= 1;
    return item * item;
  });
  t.strictSame(
    results,
    [...Array(20).keys()].map((item) => item * item),
  );
  t.equal(most, 3);
});

t.test('fails as soon as one call does', async (t) => {
  await t.rejects(
    inParallel([1, 2, 3], 2, async (item) => {
      if (item === 2) throw new Error('two');
    }),
    /two/,
  );
});
