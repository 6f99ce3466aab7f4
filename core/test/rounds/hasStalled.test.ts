import t from 'tap';
import { hasStalled } from '../../src/rounds/hasStalled.js';

const losses = (...means: number[]) => means.map((mean) => ({ mean, higherIsBetter: false }));
const scores = (...means: number[]) => means.map((mean) => ({ mean, higherIsBetter: true }));
const policy = { metric: 'loss', rounds: 2, minImprovement: 0.01 };

t.test('a metric that has not improved over so many rounds has stalled', (t) => {
  t.equal(hasStalled(policy, losses(1, 0.5, 0.495, 0.492)), true);
  t.equal(hasStalled(policy, losses(1, 0.5, 0.495, 0.48)), false);
  t.equal(hasStalled(policy, scores(0.1, 0.7, 0.6, 0.705)), true, 'whichever way it is better');
  t.equal(hasStalled(policy, scores(0.1, 0.7, 0.6, 0.8)), false);
  t.equal(hasStalled(policy, losses(0.5, 0.4, 0.6, 0.7)), true, 'the best of before counts, not the last');
  t.end();
});

t.test('too few measured rounds say nothing', (t) => {
  t.equal(hasStalled(policy, []), false);
  t.equal(hasStalled(policy, losses(0.5, 0.5)), false);
  t.equal(hasStalled(policy, losses(0.5, 0.5, 0.5)), true);
  t.end();
});
