import t from 'tap';
import { type RoundProgress, waitingFor } from '../../src/rounds/waitingFor.js';

const now = new Date('2026-01-01T00:00:00.000Z');
const ahead = '2026-01-01T01:00:00.000Z';
const past = '2025-12-31T23:59:59.000Z';

function collecting(
  submissions: number,
  minSubmissions: number,
  maxSubmissions?: number,
  deadlineAt?: string,
): RoundProgress {
  const policy = maxSubmissions === undefined ? { minSubmissions } : { minSubmissions, maxSubmissions };
  return { state: 'collecting', submissions, policy, deadlineAt, modules: { done: 0, total: 0 } };
}

t.test('a collecting round says what it waits for', async (t) => {
  const cases: [RoundProgress, string[]][] = [
    [collecting(0, 1), ['1 more submission (0 of 1)', 'an operator to close it']],
    [collecting(6, 8), ['2 more submissions (6 of 8)', 'an operator to close it']],
    [collecting(8, 8), ['an operator to close it']],
    [collecting(6, 8, 8), ['2 more submissions (6 of 8)']],
    [collecting(6, 8, 10), ['2 more submissions (6 of 8)', 'an operator to close it']],
    [collecting(8, 8, 10), ['2 more submissions (8 of 10), or an operator to close it']],
    [collecting(6, 8, undefined, ahead), ['2 more submissions (6 of 8)', `the deadline at ${ahead}`]],
    [collecting(6, 8, 8, ahead), ['2 more submissions (6 of 8)']],
    [collecting(8, 8, undefined, ahead), [`the deadline at ${ahead}`]],
    [collecting(8, 8, 9, ahead), [`1 more submission (8 of 9), or the deadline at ${ahead}`]],
    [collecting(6, 8, undefined, past), ['2 more submissions (6 of 8)']],
    [collecting(6, 8, 10, past), ['2 more submissions (6 of 8)']],
    [collecting(8, 8, 10, past), [`the service to close it: its deadline was at ${past}`]],
  ];
  for (const [round, items] of cases) t.strictSame(waitingFor(round, now), items, items.join('; '));
});

t.test('an aggregating round waits for modules, one that has ended for nothing', async (t) => {
  const round = { ...collecting(8, 8), modules: { done: 41, total: 64 } };
  t.strictSame(waitingFor({ ...round, state: 'aggregating' }, now), ['41 of 64 modules']);
  for (const state of ['published', 'failed', 'cancelled'] as const) {
    t.strictSame(waitingFor({ ...round, state }, now), []);
  }
});
