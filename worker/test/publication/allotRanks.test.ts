import type { Aggregation } from '@florist/core/schemas/aggregation';
import t from 'tap';
import { allotRanks } from '../../src/publication/allotRanks.js';
import { moduleReport } from '../fixtures/moduleReport.js';

const strong = moduleReport({ name: 'z', singularValues: [10, 9, 8] });
const weak = moduleReport({ name: 'a', singularValues: [2, 1, 0.5] });

function budget(bytes: number): Aggregation {
  return { method: 'florist', rank: { policy: 'budget', bytes }, dtype: 'F16', missingModules: 'reject' };
}

t.test('spends the budget over all parts, whichever part holds a module', async (t) => {
  const oneRank = (10 + 20) * 2;
  const parts = [
    { measures: [strong], computeSeconds: 0 },
    { measures: [weak], computeSeconds: 0 },
  ];
  t.strictSame(allotRanks(budget(4 * oneRank), parts), { a: 1, z: 3 });
  t.strictSame(allotRanks(budget(4 * oneRank), parts.toReversed()), { a: 1, z: 3 });
});

t.test('refuses a budget that cannot hold rank 1 everywhere', async (t) => {
  const parts = [{ measures: [strong, weak], computeSeconds: 0 }];
  t.throws(() => allotRanks(budget(100), parts), { name: 'Refusal', code: 'budget_too_small' });
});
