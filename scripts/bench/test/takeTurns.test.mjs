// @ts-check
import t from 'tap';
import { summarise } from '../measure/summarise.mjs';
import { takeTurns } from '../measure/takeTurns.mjs';

t.test('warms both up, then lets them take turns and pairs their times', async (t) => {
  /** @type {string[]} */
  const order = [];
  let ours = 0;
  const own = async () => {
    order.push('ours');
    return ++ours;
  };
  const other = async () => {
    order.push('theirs');
    return 12;
  };
  const contest = await takeTurns({ turn: own, warmUps: 2 }, { turn: other, warmUps: 1 }, 2);
  t.strictSame(order, ['ours', 'ours', 'theirs', 'ours', 'theirs', 'ours', 'theirs']);
  t.strictSame(contest, { ours: [3, 4], theirs: [12, 12], ratios: [4, 3] });
});

t.test('runs alone without a peer', async (t) => {
  const contest = await takeTurns({ turn: async () => 1, warmUps: 0 }, undefined, 3);
  t.strictSame(contest, { ours: [1, 1, 1], theirs: [], ratios: [] });
});

t.test('sums a sample up by its median and quartiles', async (t) => {
  t.match(summarise([5, 1, 2, 4, 3]), { median: 3, low: 2, high: 4 });
  t.match(summarise([1, 2]), { median: 1.5, low: 1.25, high: 1.75 });
  t.throws(() => summarise([]), /at least one/);
});
