import t from 'tap';
import { failAdapter } from '../../src/adapters/failAdapter.js';
import { publishAdapter } from '../../src/adapters/publishAdapter.js';
import { recordProgress } from '../../src/adapters/recordProgress.js';
import { createFederation } from '../../src/federations/createFederation.js';
import { updateFederation } from '../../src/federations/updateFederation.js';
import { cancelRound } from '../../src/rounds/cancelRound.js';
import { closeRound } from '../../src/rounds/closeRound.js';
import { getRound } from '../../src/rounds/getRound.js';
import { listRounds } from '../../src/rounds/listRounds.js';
import { openRound } from '../../src/rounds/openRound.js';
import { retryRound } from '../../src/rounds/retryRound.js';
import { acceptSubmission } from '../../src/submissions/acceptSubmission.js';
import { aggregating, attempt, collecting, offer, published, RESULT } from '../fixtures/scenes.js';
import { assertSound } from '../fixtures/soundness.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);
const FAILURE = { code: 'dtype_overflow', detail: 'layers.0.q_proj does not fit F16; choose F32.' };

t.test('a round goes from collecting over aggregating to published, every time noted', async (t) => {
  const ledger = redis.ledger();
  await createFederation(ledger, { name: 'demo', rounds: { minSubmissions: 2, deadlineSeconds: 3600 } });
  const began = redis.clock.now();
  const deadlineAt = new Date(began.getTime() + 3_600_000).toISOString();
  t.strictSame(await openRound(ledger, 'demo'), {
    number: 1,
    state: 'collecting',
    openedAt: began.toISOString(),
    waitingFor: ['2 more submissions (0 of 2)', `the deadline at ${deadlineAt}`],
    submissionCount: 0,
    progress: { done: 0, total: 0 },
    policy: { minSubmissions: 2, deadlineSeconds: 3600 },
    cohort: { invited: 0 },
    deadlineAt,
  });
  await updateFederation(ledger, 'demo', { baseModel: 'later' });

  const other = redis.ledger();
  const ref = await aggregating(other);
  await recordProgress(other, ref, ['layers.0.q_proj']);
  const at = redis.clock.now().toISOString();
  const round = await getRound(other, 'demo', 1);
  t.match(round, {
    state: 'aggregating',
    closedAt: at,
    closedBy: 'operator',
    waitingFor: ['2 more modules (1 of 3)'],
    submissionCount: 2,
    progress: { done: 1, total: 3 },
    adapter: { id: 'a1', state: 'aggregating', current: false, progress: { done: 1, total: 3 } },
  });
  await publishAdapter(other, ref, RESULT);
  t.match(await getRound(other, 'demo', 'latest'), {
    number: 1,
    state: 'published',
    publishedAt: at,
    waitingFor: [],
    progress: { done: 3, total: 3 },
    adapter: { id: 'a1', state: 'published', current: true, publishedAt: at, result: RESULT },
  });
  await assertSound(t, other);
});

t.test('the policies of a round are those of its opening', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger, { rounds: { minSubmissions: 2 }, aggregation: { dtype: 'F16' } });
  await updateFederation(ledger, 'demo', { rounds: { minSubmissions: 1 }, aggregation: { dtype: 'F32' } });
  await acceptSubmission(ledger, offer('c0'));
  await t.rejects(closeRound(ledger, 'demo', 1, 'operator'), {
    code: 'round_too_few_submissions',
    message: 'Round 1 has 1 of the 2 submissions it needs to aggregate.',
  });
  await acceptSubmission(ledger, offer('c1'));
  const round = await closeRound(ledger, 'demo', 'latest', 'operator');
  t.equal(round.adapter?.aggregation.dtype, 'F16');
});

t.test('the next round opens only when the latest has ended', async (t) => {
  const ledger = redis.ledger();
  await t.rejects(openRound(ledger, 'demo'), { code: 'federation_not_found' });
  await collecting(ledger);
  await t.rejects(openRound(ledger, 'demo'), {
    code: 'round_open',
    message: 'Round 1 is collecting: close or cancel it before opening the next.',
  });
  await acceptSubmission(ledger, offer('c0'));
  await closeRound(ledger, 'demo', 1, 'operator');
  await t.rejects(openRound(ledger, 'demo'), { code: 'round_open', message: /Round 1 is aggregating/ });
  await failAdapter(ledger, await attempt(ledger, 'a1'), FAILURE);
  t.equal((await openRound(ledger, 'demo')).number, 2);
  await cancelRound(ledger, 'demo', 2);
  t.equal((await openRound(ledger, 'demo')).number, 3);
  await assertSound(t, ledger);
});

t.test('of many that open, close or cancel at once, exactly one does', async (t) => {
  const ledger = redis.ledger();
  const connections = redis.connections(ledger, 20);
  await collecting(ledger);
  for (let number = 1; number <= 15; number++) {
    const one = async (act: (each: typeof ledger) => Promise<unknown>) => {
      const outcomes = await Promise.allSettled(connections.map(act));
      return outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []));
    };
    if (number > 1) t.strictSame(await one((each) => openRound(each, 'demo')), Array(19).fill('round_open'));
    await acceptSubmission(ledger, offer('c0', 'first', { round: number }));
    if (number % 2 === 0) {
      const lost = await one((each) => closeRound(each, 'demo', number, 'operator'));
      t.strictSame(lost, Array(19).fill('round_not_collecting'));
      const ref = await attempt(ledger, 'a1', number);
      await publishAdapter(ledger, ref, RESULT);
    } else {
      const lost = await one((each) => cancelRound(each, 'demo', number));
      t.strictSame(lost, Array(19).fill('round_not_cancellable'));
    }
    await assertSound(t, ledger, `sound after round ${number}`);
  }
});

t.test('cancelling races with publishing: one wins, and the other leaves no trace', async (t) => {
  const ledgers = redis.connections(redis.ledger(), 2);
  const won = { published: 0, cancelled: 0 };
  for (let index = 0; index < 60; index++) {
    const ledger = redis.ledger();
    const ref = await aggregating(ledger);
    const [a = ledger, b = ledger] = ledgers.map((each) => ({ ...each, prefix: ledger.prefix }));
    const both = [
      () => publishAdapter(a, ref, RESULT),
      () =>
        cancelRound(b, 'demo', 1).then(
          () => 'cancelled',
          (error) => error.code,
        ),
    ];
    if (index % 2 === 1) both.reverse();
    const outcomes = (await Promise.all(both.map((act) => act()))).sort();
    const { state, adapter } = await getRound(ledger, 'demo', 1);
    if (state === 'published') {
      won.published++;
      t.strictSame(outcomes, ['published', 'round_not_cancellable']);
      t.equal(adapter?.current, true);
    } else {
      won.cancelled++;
      t.strictSame(outcomes, ['cancelled', 'stale']);
      t.equal(adapter, undefined);
    }
    await assertSound(t, ledger);
  }
  t.ok(won.published > 0 && won.cancelled > 0, 'both happened');
});

t.test('a round ends once', async (t) => {
  const ledger = redis.ledger();
  await published(ledger);
  await t.rejects(closeRound(ledger, 'demo', 1, 'operator'), {
    code: 'round_not_collecting',
    message: 'Round 1 is published, not collecting.',
  });
  await t.rejects(cancelRound(ledger, 'demo', 1), {
    code: 'round_not_cancellable',
    message: 'Round 1 is published, which is final.',
  });
  await t.rejects(retryRound(ledger, 'demo', 1), {
    code: 'round_not_failed',
    message: 'Round 1 is published; only a failed round can be retried.',
  });
});

t.test('a deadline closes a round once it has passed and there are enough', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger, { rounds: { minSubmissions: 1, deadlineSeconds: 60 } });
  await acceptSubmission(ledger, offer('c0'));
  redis.clock.advance(59.999);
  await t.rejects(closeRound(ledger, 'demo', 1, 'deadline'), {
    code: 'request_invalid',
    message: 'The deadline of round 1 has not passed.',
  });
  redis.clock.advance(0.001);
  t.match(await closeRound(ledger, 'demo', 1, 'deadline'), { state: 'aggregating', closedBy: 'deadline' });

  const none = redis.ledger();
  await collecting(none);
  await acceptSubmission(none, offer('c0'));
  await t.rejects(closeRound(none, 'demo', 1, 'deadline'), { code: 'request_invalid' }, 'it has no deadline');
});

t.test('a failed round says why, and a retry starts from nothing', async (t) => {
  const ledger = redis.ledger();
  const first = await aggregating(ledger);
  await recordProgress(ledger, first, ['layers.0.q_proj', 'layers.0.v_proj']);
  t.equal(await failAdapter(ledger, first, FAILURE), 'failed');
  const failed = await getRound(ledger, 'demo', 1);
  t.match(failed, {
    state: 'failed',
    failedAt: redis.clock.now().toISOString(),
    error: FAILURE,
    waitingFor: [],
  });
  t.equal(failed.adapter, undefined);
  await assertSound(t, ledger);

  const retried = await retryRound(ledger, 'demo', 1);
  t.match(retried, {
    state: 'aggregating',
    progress: { done: 0, total: 3 },
    adapter: { id: 'a1', state: 'aggregating' },
  });
  t.equal(retried.error, undefined);
  t.equal(retried.failedAt, undefined);
  await assertSound(t, ledger);
  const second = await attempt(ledger, 'a1');
  t.equal(second.attempt, first.attempt + 1);
  t.equal(await publishAdapter(ledger, first, RESULT), 'stale');
  t.equal(await publishAdapter(ledger, second, RESULT), 'published');
});

t.test('a retry may mend the aggregation that made the round fail', async (t) => {
  const ledger = redis.ledger();
  const ref = await aggregating(ledger, { aggregation: { dtype: 'F16' } });
  await failAdapter(ledger, ref, FAILURE);
  await t.rejects(retryRound(ledger, 'demo', 1, { missingModules: 'zero' }), { code: 'request_invalid' });
  const round = await retryRound(ledger, 'demo', 1, { dtype: 'F32' });
  t.equal(round.adapter?.aggregation.dtype, 'F32');
  await assertSound(t, ledger);
});

t.test('what does not exist is refused by name', async (t) => {
  const ledger = redis.ledger();
  await createFederation(ledger, { name: 'demo' });
  const none = { code: 'round_not_found', message: 'Federation demo has no round 7.' };
  await t.rejects(getRound(ledger, 'demo', 7), none);
  await t.rejects(closeRound(ledger, 'demo', 7, 'operator'), none);
  await t.rejects(cancelRound(ledger, 'demo', 7), none);
  await t.rejects(retryRound(ledger, 'demo', 7), none);
  await t.rejects(getRound(ledger, 'demo', 'latest'), {
    code: 'round_not_found',
    message: 'Federation demo has not opened a round yet.',
  });
  for (const round of [0, -1, 1.5, 1e12, Number.MAX_SAFE_INTEGER]) {
    await t.rejects(getRound(ledger, 'demo', round), { code: 'round_not_found' }, String(round));
  }
  await t.rejects(getRound(ledger, 'none', 1), { code: 'federation_not_found' });
  await t.rejects(listRounds(ledger, 'none'), { code: 'federation_not_found' });
});

t.test('a thousand rounds come newest first, in pages that later rounds do not shift', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger, {}, 1);
  for (let number = 1; number <= 1000; number++) {
    await cancelRound(ledger, 'demo', number);
    await openRound(ledger, 'demo');
  }
  const began = performance.now();
  const whole = await listRounds(ledger, 'demo', { limit: 1000 });
  t.comment(`1,000 rounds in ${(performance.now() - began).toFixed(0)} ms`);
  t.strictSame(
    whole.items.map(({ number }) => number),
    Array.from({ length: 1000 }, (_, index) => 1001 - index),
  );
  t.match(whole.items[0], { state: 'collecting' });
  t.match(whole.items[1], { state: 'cancelled' });

  await cancelRound(ledger, 'demo', 1001);
  await openRound(ledger, 'demo');
  const rest = await listRounds(ledger, 'demo', { limit: 1000, cursor: whole.nextCursor ?? '' });
  t.strictSame(
    rest.items.map(({ number }) => number),
    [1],
  );
  t.equal(rest.nextCursor, undefined);
});
