import type { RoundPolicy } from '@florist/core/schemas/roundPolicy';
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
  return { ...BASE, submissions, policy, deadlineAt };
}

const BASE: RoundProgress = {
  state: 'collecting',
  submissions: 0,
  policy: { minSubmissions: 1 },
  heard: { busy: 0, ready: 0, gone: 0 },
  modules: { done: 0, total: 0 },
};

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

t.test('a round with a deadline says what happens with too few', async (t) => {
  const graceUntil = '2026-01-01T02:00:00.000Z';
  const of = (submissions: number, policy: Partial<RoundPolicy>, change: Partial<RoundProgress> = {}) => ({
    ...BASE,
    ...{
      submissions,
      policy: { minSubmissions: 8, deadlineSeconds: 60, ...policy },
      deadlineAt: ahead,
      ...change,
    },
  });
  const busy = { busy: 2, ready: 0, gone: 1 };
  const cases: [RoundProgress, string[]][] = [
    [of(6, { onDeadline: 'wait' }), ['2 more submissions (6 of 8)', `the deadline at ${ahead}`]],
    [of(6, { onDeadline: 'fail' }), [`2 more submissions (6 of 8) by the deadline at ${ahead}, or it fails`]],
    [
      of(6, { onDeadline: 'extend' }),
      [`2 more submissions (6 of 8) by the deadline at ${ahead}, or it is extended by 1 min`],
    ],
    [
      of(6, { onDeadline: 'extend', extendSeconds: 5 }, { extendedAt: past }),
      [`2 more submissions (6 of 8) by the deadline at ${ahead}, or it fails, having been extended`],
    ],
    [
      of(1, { onDeadline: 'proceed', quorum: 3 }),
      [`2 more submissions (1 of 3) by the deadline at ${ahead}, or it fails`],
    ],
    [
      of(3, { onDeadline: 'proceed', quorum: 3 }),
      [`5 more submissions (3 of 8), or the deadline at ${ahead}, when 3 are enough`],
    ],
    [of(8, { onDeadline: 'fail' }), [`the deadline at ${ahead}`]],
    [
      of(6, { onDeadline: 'fail' }, { deadlineAt: past, graceUntil, heard: busy }),
      [`2 clients in progress to finish, until ${graceUntil} at most`],
    ],
    [
      of(6, { onDeadline: 'fail' }, { deadlineAt: past, graceUntil }),
      [`the service to fail it: its deadline was at ${past}`],
    ],
    [
      of(6, { onDeadline: 'extend' }, { deadlineAt: past }),
      [`the service to extend it: its deadline was at ${past}`],
    ],
    [
      of(6, { onDeadline: 'extend' }, { deadlineAt: past, extendedAt: past }),
      [`the service to fail it: its deadline was at ${past}`],
    ],
    [
      of(3, { onDeadline: 'proceed', quorum: 3 }, { deadlineAt: past }),
      [`the service to close it: its deadline was at ${past}`],
    ],
  ];
  for (const [round, items] of cases) t.strictSame(waitingFor(round, now), items, items.join('; '));
});

t.test('whom it waits for is told apart: at work, ready, gone, and not heard from', async (t) => {
  const heard = { busy: 3, ready: 1, gone: 2 };
  t.strictSame(waitingFor({ ...BASE, heard }, now), [
    '1 more submission (0 of 1); 3 in progress, 1 ready, 2 gone',
    'an operator to close it',
  ]);
  const sampled = {
    ...BASE,
    submissions: 4,
    policy: { minSubmissions: 2, maxSubmissions: 20 },
    sampled: 13,
    heard,
  };
  t.strictSame(waitingFor(sampled, now), [
    '9 more submissions (4 of 13), or an operator to close it; 3 in progress, 1 ready, 2 gone, 3 invited but not heard from',
  ]);
});

t.test('an aggregating round waits for its modules, one that has ended for nothing', async (t) => {
  const round = collecting(8, 8);
  const waits = (done: number, total: number) =>
    waitingFor({ ...round, state: 'aggregating', modules: { done, total } }, now);
  t.strictSame(waits(0, 224), ['224 more modules (0 of 224)']);
  t.strictSame(waits(63, 64), ['1 more module (63 of 64)']);
  t.strictSame(waits(64, 64), ['the adapter to be assembled']);
  for (const state of ['published', 'failed', 'cancelled'] as const) {
    t.strictSame(waitingFor({ ...round, state }, now), []);
  }
});
