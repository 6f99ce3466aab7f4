import type { CandidatePolicy } from '@florist/core/schemas/candidates';
import t from 'tap';
import { failAdapter } from '../../src/adapters/failAdapter.js';
import { promoteAdapter } from '../../src/adapters/promoteAdapter.js';
import { publishAdapter } from '../../src/adapters/publishAdapter.js';
import { registerClient } from '../../src/clients/registerClient.js';
import { evaluateAdapter } from '../../src/evaluations/evaluateAdapter.js';
import { readEvents } from '../../src/events/readEvents.js';
import { deleteFederation } from '../../src/federations/deleteFederation.js';
import { getFederation } from '../../src/federations/getFederation.js';
import { updateFederation } from '../../src/federations/updateFederation.js';
import type { Ledger } from '../../src/ledger/openLedger.js';
import { cancelRound } from '../../src/rounds/cancelRound.js';
import { closeRound } from '../../src/rounds/closeRound.js';
import { listPending } from '../../src/rounds/listPending.js';
import { openDueRound } from '../../src/rounds/openDueRound.js';
import { openRound } from '../../src/rounds/openRound.js';
import { retryRound } from '../../src/rounds/retryRound.js';
import { acceptSubmission } from '../../src/submissions/acceptSubmission.js';
import { aggregating, attempt, collecting, offer, published, RESULT } from '../fixtures/scenes.js';
import { assertSound } from '../fixtures/soundness.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);

async function openings(ledger: Ledger): Promise<string[]> {
  return (await listPending(ledger)).openings;
}

async function latest(ledger: Ledger): Promise<number | undefined> {
  return (await getFederation(ledger, 'demo')).latestRound?.number;
}

t.test('the next round opens its delay after the one before was published', async (t) => {
  const ledger = redis.ledger();
  await published(ledger, { rounds: { next: { delaySeconds: 600 } } });
  const due = redis.clock.now().getTime() + 600_000;
  t.equal((await getFederation(ledger, 'demo')).nextRoundAt, new Date(due).toISOString());
  t.strictSame(await openings(ledger), []);
  t.equal(await openDueRound(ledger, 'demo'), undefined, 'not before');
  redis.clock.advance(600);
  t.strictSame(await openings(ledger), ['demo']);
  t.match(await openDueRound(ledger, 'demo'), { number: 2, state: 'collecting' });
  t.strictSame(await openings(ledger), []);
  t.equal((await getFederation(ledger, 'demo')).nextRoundAt, undefined);
  await assertSound(t, ledger);
});

t.test('it waits for a round that still chooses among its candidates', async (t) => {
  const ledger = redis.ledger();
  const evidence = { metric: 'loss', higherIsBetter: false, waitSeconds: 60, minEvaluations: 1 };
  const candidates: CandidatePolicy = { choose: 'hold', taus: [0.8, 0.99], ...evidence };
  await published(ledger, { rounds: { next: { delaySeconds: 0 } }, candidates });
  t.equal(await openDueRound(ledger, 'demo'), undefined);
  t.equal(await latest(ledger), 1);
  t.strictSame(await openings(ledger), [], 'it is looked at again a little later');
  await promoteAdapter(ledger, 'demo', 1, 'a1');
  redis.clock.advance(5);
  t.equal((await openDueRound(ledger, 'demo'))?.number, 2);
  await assertSound(t, ledger);
});

t.test('rounds stop opening by themselves once their metric has stalled', async (t) => {
  const ledger = redis.ledger();
  const stopWhenStalled = { metric: 'loss', rounds: 1, minImprovement: 0.1 };
  await published(ledger, { rounds: { next: { delaySeconds: 0, stopWhenStalled } } });
  const report = (round: number, value: number) =>
    evaluateAdapter(ledger, 'demo', round, 'a1', 'c0', {
      ...{ metric: 'loss', value, numExamples: 10, higherIsBetter: false },
    });
  const publishNext = async (round: number) => {
    t.equal((await openDueRound(ledger, 'demo'))?.number, round, `round ${round} opens`);
    await acceptSubmission(ledger, offer('c0', `${round}`, { round }));
    await closeRound(ledger, 'demo', round, 'operator');
    await publishAdapter(ledger, await attempt(ledger, 'a1', round), RESULT);
  };
  await report(1, 1);
  await publishNext(2);
  await report(2, 0.5);
  await publishNext(3);
  await report(3, 0.45);
  t.equal(await openDueRound(ledger, 'demo'), undefined);
  t.equal((await getFederation(ledger, 'demo')).nextRoundAt, undefined);
  const events = await readEvents(ledger, 'demo', '0', 1000);
  t.match(events.at(-1)?.event, { type: 'round.not-opened', round: 4, detail: 'metric_stalled' });
  await assertSound(t, ledger);
});

t.test('of twenty that open it, one does', async (t) => {
  for (let repeat = 0; repeat < 10; repeat++) {
    const ledger = redis.ledger();
    await published(ledger, { rounds: { next: { delaySeconds: 0 } } });
    const connections = redis.connections(ledger, 20);
    const opened = await Promise.all(
      connections.map((each, index) =>
        index === 7 ? openRound(each, 'demo').catch(() => undefined) : openDueRound(each, 'demo'),
      ),
    );
    for (const { redis: connection } of connections) connection.disconnect();
    t.equal(opened.filter((round) => round !== undefined).length, 1);
    t.equal(await latest(ledger), 2);
    await assertSound(t, ledger);
  }
});

t.test('it opens after a round that failed, not after one that was cancelled', async (t) => {
  const rounds = { deadlineSeconds: 60, onDeadline: 'fail', next: { delaySeconds: 0 } } as const;
  const ledger = redis.ledger();
  await collecting(ledger, { rounds });
  redis.clock.advance(60);
  await closeRound(ledger, 'demo', 1, 'deadline');
  t.equal((await openDueRound(ledger, 'demo'))?.number, 2);
  await cancelRound(ledger, 'demo', 2);
  t.equal(await openDueRound(ledger, 'demo'), undefined);
  t.strictSame(await openings(ledger), []);
  await assertSound(t, ledger);
});

t.test('a retry takes the opening back until the round has ended again', async (t) => {
  const ledger = redis.ledger();
  const ref = await aggregating(ledger, { rounds: { next: { delaySeconds: 0 } } });
  await failAdapter(ledger, ref, { code: 'internal', detail: 'It broke.' });
  t.strictSame(await openings(ledger), ['demo']);
  await retryRound(ledger, 'demo', 1);
  t.strictSame(await openings(ledger), []);
  await assertSound(t, ledger);
  await publishAdapter(ledger, await attempt(ledger, 'a1'), RESULT);
  t.strictSame(await openings(ledger), ['demo']);
  await assertSound(t, ledger);
});

t.test('it stops after as many rounds as it is told', async (t) => {
  const ledger = redis.ledger();
  const rounds = {
    deadlineSeconds: 1,
    onDeadline: 'fail',
    next: { delaySeconds: 0, stopAfterRounds: 3 },
  } as const;
  await collecting(ledger, { rounds });
  for (let turn = 0; turn < 6; turn++) {
    redis.clock.advance(1);
    await closeRound(ledger, 'demo', 'latest', 'deadline').catch(() => undefined);
    await openDueRound(ledger, 'demo');
  }
  t.equal(await latest(ledger), 3);
  t.strictSame(await openings(ledger), []);
});

t.test('it may be switched on and off between rounds', async (t) => {
  const ledger = redis.ledger();
  await published(ledger);
  t.strictSame(await openings(ledger), []);
  await updateFederation(ledger, 'demo', { rounds: { next: { delaySeconds: 0 } } });
  t.strictSame(await openings(ledger), ['demo']);
  await updateFederation(ledger, 'demo', { rounds: { next: null } });
  t.strictSame(await openings(ledger), []);
  t.equal((await getFederation(ledger, 'demo')).rounds.next, undefined);
  await updateFederation(ledger, 'demo', { rounds: { next: { delaySeconds: 0 } } });
  await updateFederation(ledger, 'demo', { rounds: { minSubmissions: 2 } });
  t.strictSame(await openings(ledger), ['demo'], 'other changes leave it alone');
  await assertSound(t, ledger);
  await deleteFederation(ledger, 'demo');
  await assertSound(t, ledger, 'it goes with its federation');
});

t.test('what stands in the way is told, and tried again', async (t) => {
  const ledger = redis.ledger();
  await published(ledger, { rounds: { next: { delaySeconds: 0 } } });
  await updateFederation(ledger, 'demo', { rounds: { minSubmissions: 5, cohort: { fraction: 1 } } });
  t.equal(await openDueRound(ledger, 'demo'), undefined);
  t.equal(await openDueRound(ledger, 'demo'), undefined, 'and not at every sweep');
  const told = (await readEvents(ledger, 'demo', '0', 100)).filter(
    ({ event }) => event.type === 'round.not-opened',
  );
  t.strictSame(
    told.map(({ event }) => [event.round, event.detail]),
    [[2, 'cohort_too_small']],
  );
  await assertSound(t, ledger);
  await registerClient(ledger, 'demo', 'c4');
  redis.clock.advance(60);
  t.strictSame(await openings(ledger), ['demo']);
  t.match(await openDueRound(ledger, 'demo'), { number: 2, cohort: { invited: 5 } });
});
