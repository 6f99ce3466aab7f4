import t from 'tap';
import { summarise } from '../../src/publication/summarise.js';
import { moduleReport } from '../fixtures/moduleReport.js';

t.test('ranks and parameters add up; shares and errors are those of the whole adapter', async (t) => {
  const totals = summarise([
    moduleReport({}),
    moduleReport({ name: 'v', shape: [5, 20], rank: 3, energy: 12, squaredError: 0, energyKept: 1 }),
  ]);
  t.strictSame(totals, {
    modules: 2,
    degenerateModules: 0,
    totalRank: 5,
    stackedRank: 16,
    parameters: 2 * 30 + 3 * 25,
    energyKept: 15 / 16,
    relativeError: Math.sqrt(1 / 16),
  });
});

t.test('an adapter that is zero everywhere loses nothing', async (t) => {
  const zero = moduleReport({ energy: 0, squaredError: 0, energyKept: 1, degenerate: true, rank: 1 });
  const totals = summarise([zero, zero]);
  t.match(totals, { degenerateModules: 2, energyKept: 1, relativeError: 0, totalRank: 2 });
});
