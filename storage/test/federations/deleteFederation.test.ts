import t from 'tap';
import { failAdapter } from '../../src/adapters/failAdapter.js';
import { publishAdapter } from '../../src/adapters/publishAdapter.js';
import { requestAdapter } from '../../src/adapters/requestAdapter.js';
import { listClients } from '../../src/clients/listClients.js';
import { registerClient } from '../../src/clients/registerClient.js';
import { verifyClientToken } from '../../src/clients/verifyClientToken.js';
import { lastEventId } from '../../src/events/lastEventId.js';
import { readEvents } from '../../src/events/readEvents.js';
import { createFederation } from '../../src/federations/createFederation.js';
import { deleteFederation } from '../../src/federations/deleteFederation.js';
import { listFederations } from '../../src/federations/listFederations.js';
import { cancelRound } from '../../src/rounds/cancelRound.js';
import { listRounds } from '../../src/rounds/listRounds.js';
import { openRound } from '../../src/rounds/openRound.js';
import { retryRound } from '../../src/rounds/retryRound.js';
import { acceptSubmission } from '../../src/submissions/acceptSubmission.js';
import { aggregating, attempt, collecting, offer, published, RESULT } from '../fixtures/scenes.js';
import { assertSound } from '../fixtures/soundness.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);

t.test('leaves no key but the count of attempts', async (t) => {
  const ledger = redis.ledger();
  await published(ledger, { rounds: { deadlineSeconds: 60 } });
  await requestAdapter(ledger, 'demo', 1, { rank: { policy: 'fixed', rank: 2 } });
  await publishAdapter(ledger, await attempt(ledger, 'a2'), RESULT);
  await openRound(ledger, 'demo');
  await acceptSubmission(ledger, offer('c0', 'second', { round: 2 }));
  await createFederation(ledger, { name: 'other' });
  await deleteFederation(ledger, 'demo');
  t.strictSame(await redis.redis.keys(`${ledger.prefix}:{demo}*`), [`${ledger.prefix}:{demo}:removals`]);
  t.strictSame(
    (await listFederations(ledger)).items.map(({ name }) => name),
    ['other'],
  );
  await assertSound(t, ledger);
  await t.rejects(deleteFederation(ledger, 'demo'), { code: 'federation_not_found' });
});

t.test('refuses while an adapter is being made, be it the first or a derived one', async (t) => {
  const ledger = redis.ledger();
  const ref = await aggregating(ledger);
  await t.rejects(deleteFederation(ledger, 'demo'), {
    code: 'federation_busy',
    message:
      'Federation demo is aggregating adapter a1 of round 1: wait for it, or cancel the round, then delete.',
  });
  await publishAdapter(ledger, ref, RESULT);
  await requestAdapter(ledger, 'demo', 1, { method: 'flora' });
  await t.rejects(deleteFederation(ledger, 'demo'), {
    code: 'federation_busy',
    message: /adapter a2 of round 1/,
  });
  await failAdapter(ledger, await attempt(ledger, 'a2'), { code: 'internal', detail: 'It broke.' });
  await deleteFederation(ledger, 'demo');
});

t.test('a federation of the same name sees nothing of the one before', async (t) => {
  const ledger = redis.ledger();
  await published(ledger);
  const { token = '' } = await registerClient(ledger, 'demo', 'late');
  const before = await lastEventId(ledger, 'demo');
  await deleteFederation(ledger, 'demo');
  const again = await createFederation(ledger, { name: 'demo' });
  t.equal(again.clientCount, 0);
  t.equal(again.latestRound, undefined);
  t.equal(await verifyClientToken(ledger, token), undefined);
  t.strictSame((await listClients(ledger, 'demo')).items, []);
  t.strictSame((await listRounds(ledger, 'demo')).items, []);
  const events = await readEvents(ledger, 'demo', '0', 10);
  t.strictSame(
    events.map(({ event }) => event.type),
    ['federation.created'],
  );
  t.strictSame(
    await readEvents(ledger, 'demo', before, 10),
    events,
    'who resumes from before sees the new one whole',
  );
  await registerClient(ledger, 'demo', 'c0');
  await openRound(ledger, 'demo');
  const accepted = await acceptSubmission(ledger, offer('c0', 'first', { layout: { other: '2x2' } }));
  t.equal(accepted.outcome, 'accepted', 'the old shapes are forgotten');
  await assertSound(t, ledger);
});

t.test('work left over from the one before is stale for the new one', async (t) => {
  const ledger = redis.ledger();
  const old = await aggregating(ledger);
  await failAdapter(ledger, old, { code: 'internal', detail: 'It broke.' });
  await retryRound(ledger, 'demo', 1);
  const older = await attempt(ledger, 'a1');
  await cancelRound(ledger, 'demo', 1);
  await deleteFederation(ledger, 'demo');
  const fresh = await aggregating(ledger);
  t.ok(fresh.attempt > older.attempt);
  for (const ref of [old, older]) {
    t.equal(await publishAdapter(ledger, ref, RESULT), 'stale');
    t.equal(await failAdapter(ledger, ref, { code: 'internal', detail: 'late' }), 'stale');
  }
  t.equal(await publishAdapter(ledger, fresh, RESULT), 'published');
});

t.test('crosses with submissions without leaving half a federation', async (t) => {
  const connections = redis.connections(redis.ledger(), 4);
  for (let round = 0; round < 30; round++) {
    const ledger = redis.ledger();
    await collecting(ledger, {}, 3);
    const [one, two, three, four] = connections.map((each) => ({ ...each, prefix: ledger.prefix }));
    const outcomes = await Promise.allSettled([
      acceptSubmission(one ?? ledger, offer('c0')),
      acceptSubmission(two ?? ledger, offer('c1')),
      deleteFederation(three ?? ledger, 'demo'),
      acceptSubmission(four ?? ledger, offer('c2')),
      registerClient(ledger, 'demo', 'late'),
    ]);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') t.equal(outcome.reason.code, 'federation_not_found');
    }
    t.strictSame(await redis.redis.keys(`${ledger.prefix}:{demo}*`), [`${ledger.prefix}:{demo}:removals`]);
  }
});
