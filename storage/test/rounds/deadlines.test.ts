import type { RoundPolicyInput } from '@florist/core/schemas/roundPolicy';
import fc from 'fast-check';
import t from 'tap';
import { failAdapter } from '../../src/adapters/failAdapter.js';
import { removeClient } from '../../src/clients/removeClient.js';
import { readEvents } from '../../src/events/readEvents.js';
import { createFederation } from '../../src/federations/createFederation.js';
import { type Ledger, openLedger } from '../../src/ledger/openLedger.js';
import { recordHeartbeat } from '../../src/participants/recordHeartbeat.js';
import { closeRound } from '../../src/rounds/closeRound.js';
import { getRound } from '../../src/rounds/getRound.js';
import { listPending } from '../../src/rounds/listPending.js';
import { openRound } from '../../src/rounds/openRound.js';
import { retryRound } from '../../src/rounds/retryRound.js';
import { acceptSubmission } from '../../src/submissions/acceptSubmission.js';
import { beginUpload } from '../../src/submissions/beginUpload.js';
import { endUpload } from '../../src/submissions/endUpload.js';
import { removeSubmission } from '../../src/submissions/removeSubmission.js';
import { attempt, collecting, offer } from '../fixtures/scenes.js';
import { assertSound } from '../fixtures/soundness.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);
const DEADLINE: RoundPolicyInput = { minSubmissions: 3, deadlineSeconds: 60 };

async function eventsOf(ledger: Ledger): Promise<string[]> {
  const events = await readEvents(ledger, 'demo', '0', 1000);
  return events.map(({ event }) => event.type).filter((type) => type.startsWith('round.'));
}

/** What the sweep does, once. */
async function sweep(ledger: Ledger): Promise<number> {
  const { closable } = await listPending(ledger);
  for (const { federation, round } of closable) await closeRound(ledger, federation, round, 'deadline');
  return closable.length;
}

t.test('fail: too few at the deadline end the round, and say why', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger, { rounds: { ...DEADLINE, onDeadline: 'fail' } });
  await acceptSubmission(ledger, offer('c0'));
  redis.clock.advance(59.999);
  t.equal(await sweep(ledger), 0);
  redis.clock.advance(0.001);
  t.strictSame((await getRound(ledger, 'demo', 1)).waitingFor.length, 1);
  t.equal(await sweep(ledger), 1);
  t.match(await getRound(ledger, 'demo', 1), {
    state: 'failed',
    failedAt: redis.clock.now().toISOString(),
    waitingFor: [],
    error: {
      code: 'round_too_few_submissions',
      detail: 'The deadline passed with 1 of the 3 submissions it needs.',
    },
  });
  t.equal(await sweep(ledger), 0, 'and once only');
  t.strictSame(await eventsOf(ledger), ['round.opened', 'round.failed']);
  await assertSound(t, ledger);
  await t.rejects(
    retryRound(ledger, 'demo', 1),
    { code: 'round_too_few_submissions' },
    'nothing to aggregate',
  );
  await t.rejects(removeSubmission(ledger, 'demo', 1, 'c0'), { code: 'round_not_collecting' });
  t.equal((await openRound(ledger, 'demo')).number, 2);
  await acceptSubmission(ledger, offer('c0', 'other', { round: 2, layout: { q: '9x9' } }));
  await assertSound(t, ledger, 'what it had shapes nothing any more');
});

t.test('extend: once, from when it is granted, then the round fails', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger, { rounds: { ...DEADLINE, onDeadline: 'extend', extendSeconds: 30 } });
  redis.clock.advance(100);
  t.equal(await sweep(ledger), 1);
  const granted = redis.clock.now().getTime();
  const extended = await getRound(ledger, 'demo', 1);
  t.match(extended, {
    state: 'collecting',
    deadlineAt: new Date(granted + 30_000).toISOString(),
    extendedAt: new Date(granted).toISOString(),
  });
  t.match(extended.waitingFor, [
    /3 more submissions \(0 of 3\) by the deadline .* fails, having been extended/,
  ]);
  await assertSound(t, ledger);
  t.equal(await sweep(ledger), 0);
  redis.clock.advance(30);
  t.equal(await sweep(ledger), 1);
  t.equal((await getRound(ledger, 'demo', 1)).state, 'failed');
  t.strictSame(await eventsOf(ledger), ['round.opened', 'round.extended', 'round.failed']);
  await assertSound(t, ledger);

  const enough = redis.ledger();
  await collecting(enough, { rounds: { ...DEADLINE, onDeadline: 'extend' } });
  redis.clock.advance(60);
  await sweep(enough);
  for (const client of ['c0', 'c1', 'c2']) await acceptSubmission(enough, offer(client));
  t.equal(await sweep(enough), 0, 'an extension lasts as long as the first time, when nothing else is said');
  redis.clock.advance(60);
  await sweep(enough);
  t.match(await getRound(enough, 'demo', 1), { state: 'aggregating', closedBy: 'deadline' });
});

t.test('proceed: a quorum is enough at the deadline, fewer fail', async (t) => {
  for (const [count, state] of [
    [1, 'failed'],
    [2, 'aggregating'],
    [3, 'aggregating'],
  ] as const) {
    const ledger = redis.ledger();
    await collecting(ledger, { rounds: { ...DEADLINE, onDeadline: 'proceed', quorum: 2 } });
    for (let index = 0; index < count; index++) await acceptSubmission(ledger, offer(`c${index}`));
    await t.rejects(closeRound(ledger, 'demo', 1, 'deadline'), { code: 'request_invalid' }, 'not before');
    if (count < 3) {
      await t.rejects(closeRound(ledger, 'demo', 1, 'operator'), { code: 'round_too_few_submissions' });
    }
    redis.clock.advance(60);
    await sweep(ledger);
    t.equal((await getRound(ledger, 'demo', 1)).state, state, `${count} submissions`);
    await assertSound(t, ledger);
  }
});

t.test('wait, the default: the round goes on until it has enough', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger, { rounds: DEADLINE });
  redis.clock.advance(100_000);
  t.equal(await sweep(ledger), 0);
  await t.rejects(closeRound(ledger, 'demo', 1, 'deadline'), { code: 'round_too_few_submissions' });
  for (const client of ['c0', 'c1', 'c2']) await acceptSubmission(ledger, offer(client));
  t.equal(await sweep(ledger), 1);
  t.match(await getRound(ledger, 'demo', 1), { state: 'aggregating', closedBy: 'deadline' });
});

t.test('grace: those at work may finish, and nobody else is waited for', async (t) => {
  const ledger = redis.ledger();
  const rounds: RoundPolicyInput = { ...DEADLINE, graceSeconds: 300, onDeadline: 'proceed' };
  await collecting(ledger, { rounds });
  await acceptSubmission(ledger, offer('c0'));
  await recordHeartbeat(ledger, 'demo', 1, 'c1', { state: 'training', step: 10, total: 20 });
  await recordHeartbeat(ledger, 'demo', 1, 'c2', { state: 'ready' });
  redis.clock.advance(60);
  t.equal(await sweep(ledger), 0, 'one still trains');
  const { graceUntil, waitingFor } = await getRound(ledger, 'demo', 1);
  t.strictSame(waitingFor, [`1 client in progress to finish, until ${graceUntil} at most`]);
  await t.rejects(closeRound(ledger, 'demo', 1, 'deadline'), { message: /grace of round 1 has not passed/ });
  redis.clock.advance(20);
  await acceptSubmission(ledger, offer('c1'));
  t.equal(await sweep(ledger), 1, 'nobody is at work any more');
  t.match(await getRound(ledger, 'demo', 1), { state: 'aggregating', submissionCount: 2 });
  await assertSound(t, ledger);

  const silent = redis.ledger();
  await collecting(silent, { rounds });
  await acceptSubmission(silent, offer('c0'));
  await recordHeartbeat(silent, 'demo', 1, 'c1', { state: 'training' });
  redis.clock.advance(91);
  t.equal(await sweep(silent), 1, 'who has not been heard from for 90 s is gone, not slow');

  const stubborn = redis.ledger();
  await collecting(stubborn, { rounds });
  await acceptSubmission(stubborn, offer('c0'));
  for (let seconds = 0; seconds < 360; seconds += 60) {
    await recordHeartbeat(stubborn, 'demo', 1, 'c1', { state: 'training' });
    t.equal(await sweep(stubborn), 0);
    redis.clock.advance(60);
  }
  t.equal(await sweep(stubborn), 1, 'the grace has an end');
});

t.test('grace: an upload that has begun is waited for, one that came to nothing is not', async (t) => {
  const rounds: RoundPolicyInput = {
    minSubmissions: 1,
    deadlineSeconds: 60,
    graceSeconds: 60,
    onDeadline: 'fail',
  };
  const ledger = redis.ledger();
  await collecting(ledger, { rounds });
  redis.clock.advance(59);
  await beginUpload(ledger, 'demo', 'latest', 'c0');
  redis.clock.advance(2);
  t.equal(await sweep(ledger), 0);
  await acceptSubmission(ledger, offer('c0'));
  t.equal(await sweep(ledger), 1);
  t.match(await getRound(ledger, 'demo', 1), { state: 'aggregating' });
  await assertSound(t, ledger);

  const broken = redis.ledger();
  await collecting(broken, { rounds });
  redis.clock.advance(59);
  await beginUpload(broken, 'demo', 1, 'c0');
  await endUpload(broken, 'demo', 1, 'c0');
  redis.clock.advance(2);
  t.equal(await sweep(broken), 1);
  t.match(await getRound(broken, 'demo', 1), { state: 'failed' });
  await assertSound(t, broken);

  const training = redis.ledger();
  await collecting(training, { rounds });
  await recordHeartbeat(training, 'demo', 1, 'c0', { state: 'training', step: 5 });
  await beginUpload(training, 'demo', 1, 'c0');
  await endUpload(training, 'demo', 1, 'c0');
  redis.clock.advance(61);
  t.equal(await sweep(training), 0, 'who trained before a refused upload trains again');

  const removed = redis.ledger();
  await collecting(removed, { rounds });
  await recordHeartbeat(removed, 'demo', 1, 'c0', { state: 'training', step: 5 });
  await beginUpload(removed, 'demo', 1, 'c0');
  await removeClient(removed, 'demo', 'c0');
  await endUpload(removed, 'demo', 1, 'c0');
  redis.clock.advance(61);
  t.equal(await sweep(removed), 1, 'a client that was removed while it uploaded is not waited for');
  await assertSound(t, removed);
});

t.test('whoever comes first after the deadline finds what the deadline made, swept or not', async (t) => {
  const rounds: RoundPolicyInput = { minSubmissions: 1, deadlineSeconds: 60, onDeadline: 'fail' };
  const closed = redis.ledger();
  await collecting(closed, { rounds });
  await acceptSubmission(closed, offer('c0'));
  redis.clock.advance(60);
  await t.rejects(acceptSubmission(closed, offer('c1')), { code: 'round_not_collecting' });
  await t.rejects(acceptSubmission(closed, offer('c0', 'other', { replace: true })), {
    code: 'round_not_collecting',
  });
  t.match(await getRound(closed, 'demo', 1), { state: 'aggregating', submissionCount: 1 });
  await assertSound(t, closed);

  const withdrawn = redis.ledger();
  await collecting(withdrawn, { rounds });
  await acceptSubmission(withdrawn, offer('c0'));
  redis.clock.advance(60);
  await t.rejects(removeSubmission(withdrawn, 'demo', 1, 'c0'), { code: 'round_not_collecting' });

  const failed = redis.ledger();
  await collecting(failed, { rounds });
  redis.clock.advance(60);
  await t.rejects(beginUpload(failed, 'demo', 1, 'c0'), { code: 'round_not_collecting' });
  t.equal((await getRound(failed, 'demo', 1)).state, 'failed');
});

t.test('of twenty that act on one deadline, one does, and the others find it done', async (t) => {
  const states = new Set<string>();
  for (const onDeadline of ['fail', 'extend', 'proceed', 'wait'] as const) {
    for (let repeat = 0; repeat < 10; repeat++) {
      const ledger = redis.ledger();
      await collecting(ledger, { rounds: { minSubmissions: 2, deadlineSeconds: 60, onDeadline } });
      await acceptSubmission(ledger, offer('c0'));
      redis.clock.advance(60);
      const connections = redis.connections(ledger, 20);
      await Promise.allSettled(
        connections.map((each, index) =>
          index % 4 === 3
            ? acceptSubmission(each, offer(`c${1 + (index % 3)}`))
            : closeRound(each, 'demo', 1, 'deadline'),
        ),
      );
      for (const { redis: connection } of connections) connection.disconnect();
      const { state } = await getRound(ledger, 'demo', 1);
      states.add(`${onDeadline} ${state}`);
      const decided = (await eventsOf(ledger)).filter((type) => type !== 'round.opened');
      t.ok(decided.length <= 1, `${onDeadline}: ${decided}`);
      await assertSound(t, ledger);
    }
  }
  for (const seen of ['fail failed', 'extend collecting', 'proceed aggregating', 'wait aggregating']) {
    t.ok(states.has(seen), seen);
  }
});

t.test('a clock that jumps makes a deadline early or late, and undoes nothing', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger, { rounds: { ...DEADLINE, minSubmissions: 1, onDeadline: 'extend' } });
  redis.clock.advance(-3600);
  t.equal(await sweep(ledger), 0);
  t.match(await getRound(ledger, 'demo', 1), { state: 'collecting' });
  redis.clock.advance(7200);
  t.equal(await sweep(ledger), 1);
  const { deadlineAt = '', extendedAt } = await getRound(ledger, 'demo', 1);
  t.equal(Date.parse(deadlineAt), redis.clock.now().getTime() + 60_000);
  redis.clock.advance(-7200);
  t.equal(await sweep(ledger), 0);
  t.equal((await getRound(ledger, 'demo', 1)).extendedAt, extendedAt);
  await acceptSubmission(ledger, offer('c0'));
  redis.clock.advance(7260);
  t.equal(await sweep(ledger), 1);
  redis.clock.advance(-86_400);
  t.equal(await sweep(ledger), 0);
  t.match(await getRound(ledger, 'demo', 1), { state: 'aggregating', closedBy: 'deadline' });
  t.strictSame(await eventsOf(ledger), ['round.opened', 'round.extended', 'round.closed']);
  redis.clock.advance(86_400);
  await assertSound(t, ledger);
});

t.test('a round may be told otherwise than its federation', async (t) => {
  const ledger = redis.ledger();
  await createFederation(ledger, { name: 'demo', rounds: { minSubmissions: 2, deadlineSeconds: 60 } });
  const round = await openRound(ledger, 'demo', {
    deadlineSeconds: null,
    minSubmissions: 1,
    onDeadline: 'fail',
  });
  t.strictSame(round.policy, { minSubmissions: 1, onDeadline: 'fail' });
  t.equal(round.deadlineAt, undefined);
  t.equal(await sweep(ledger), 0);

  const other = redis.ledger();
  await createFederation(other, { name: 'demo', rounds: { minSubmissions: 3, maxSubmissions: 5 } });
  for (const [override, field] of [
    [{ maxSubmissions: 2 }, '/rounds/maxSubmissions'],
    [{ quorum: 4 }, '/rounds/quorum'],
    [{ cohort: { size: 2 } }, '/rounds/cohort'],
  ] as const) {
    await t.rejects(openRound(other, 'demo', override), { code: 'request_invalid', errors: [{ field }] });
  }
  await assertSound(t, other, 'nothing was opened');
});

t.test('a failed aggregation is still retried as before', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger, { rounds: { deadlineSeconds: 60, onDeadline: 'fail' } });
  await acceptSubmission(ledger, offer('c0'));
  redis.clock.advance(60);
  await sweep(ledger);
  await failAdapter(ledger, await attempt(ledger, 'a1'), { code: 'internal', detail: 'It broke.' });
  t.equal((await retryRound(ledger, 'demo', 1)).state, 'aggregating');
});

t.test('without a clock of its own, a ledger goes by that of Redis', async (t) => {
  const ledger = openLedger(redis.redis, { prefix: redis.ledger().prefix });
  const [seconds] = await redis.redis.time();
  await createFederation(ledger, { name: 'demo', rounds: { deadlineSeconds: 60 } });
  const { openedAt, deadlineAt = '' } = await openRound(ledger, 'demo');
  const late = Date.parse(openedAt) - 1000 * Number(seconds);
  t.ok(late >= 0 && late < 10_000, openedAt);
  t.equal(Date.parse(deadlineAt) - Date.parse(openedAt), 60_000);
});

t.test('times are written as JavaScript writes them, from 1970 to 2400', async (t) => {
  let ms = 0;
  const ledger = { ...redis.ledger(), givenClock: () => new Date(ms) };
  let count = 0;
  const property = fc.asyncProperty(fc.integer({ min: 0, max: 13_569_465_600_000 }), async (at) => {
    ms = at;
    const { createdAt } = await createFederation(ledger, { name: `f${count++}` });
    t.equal(createdAt, new Date(at).toISOString());
  });
  const leapDays = ['2000-02-29T00:00:00.000Z', '2024-02-29T23:59:59.999Z', '2100-03-01T00:00:00.000Z'];
  await fc.assert(property, { numRuns: 300, examples: leapDays.map((day) => [Date.parse(day)]) });
});
