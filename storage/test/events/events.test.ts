import type { FederationEvent } from '@florist/core/schemas/event';
import t from 'tap';
import { failAdapter } from '../../src/adapters/failAdapter.js';
import { promoteAdapter } from '../../src/adapters/promoteAdapter.js';
import { publishAdapter } from '../../src/adapters/publishAdapter.js';
import { recordProgress } from '../../src/adapters/recordProgress.js';
import { requestAdapter } from '../../src/adapters/requestAdapter.js';
import { registerClient } from '../../src/clients/registerClient.js';
import { removeClient } from '../../src/clients/removeClient.js';
import { rotateToken } from '../../src/clients/rotateToken.js';
import { lastEventId } from '../../src/events/lastEventId.js';
import { readEvents } from '../../src/events/readEvents.js';
import { truncatedBefore } from '../../src/events/truncatedBefore.js';
import { createFederation } from '../../src/federations/createFederation.js';
import { updateFederation } from '../../src/federations/updateFederation.js';
import { EVENTS_KEPT } from '../../src/ledger/scripts/prelude/events.js';
import { cancelRound } from '../../src/rounds/cancelRound.js';
import { closeRound } from '../../src/rounds/closeRound.js';
import { openRound } from '../../src/rounds/openRound.js';
import { retryRound } from '../../src/rounds/retryRound.js';
import { acceptSubmission } from '../../src/submissions/acceptSubmission.js';
import { removeSubmission } from '../../src/submissions/removeSubmission.js';
import { attempt, offer, RESULT } from '../fixtures/scenes.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);
const FAILURE = { code: 'internal', detail: 'It broke.' };

t.test('every transition tells of itself, once, in order', async (t) => {
  const ledger = redis.ledger();
  const at = redis.clock.now().toISOString();
  await createFederation(ledger, { name: 'demo', rounds: { maxSubmissions: 2 } });
  await updateFederation(ledger, 'demo', { baseModel: 'x' });
  for (const client of ['c0', 'c1']) await registerClient(ledger, 'demo', client);
  await registerClient(ledger, 'demo', 'c1');
  await rotateToken(ledger, 'demo', 'c1');
  await openRound(ledger, 'demo');
  await acceptSubmission(ledger, offer('c0'));
  await acceptSubmission(ledger, offer('c0', 'first', { blob: 'again/' }));
  await acceptSubmission(ledger, offer('c0', 'second', { replace: true }));
  await removeSubmission(ledger, 'demo', 1, 'c0');
  await cancelRound(ledger, 'demo', 1);
  await openRound(ledger, 'demo');
  await acceptSubmission(ledger, offer('c0', 'first', { round: 2 }));
  await acceptSubmission(ledger, offer('c1', 'first', { round: 2 }));
  const first = await attempt(ledger, 'a1', 2);
  await recordProgress(ledger, first, ['layers.0.q_proj']);
  await recordProgress(ledger, first, ['layers.0.q_proj']);
  await failAdapter(ledger, first, FAILURE);
  await retryRound(ledger, 'demo', 2);
  await publishAdapter(ledger, await attempt(ledger, 'a1', 2), RESULT);
  await requestAdapter(ledger, 'demo', 2, { method: 'flora' });
  await failAdapter(ledger, await attempt(ledger, 'a2', 2), FAILURE);
  await requestAdapter(ledger, 'demo', 2, { method: 'flora' });
  await publishAdapter(ledger, await attempt(ledger, 'a3', 2), RESULT);
  await promoteAdapter(ledger, 'demo', 2, 'a3');
  await promoteAdapter(ledger, 'demo', 2, 'a3');
  await removeClient(ledger, 'demo', 'c1');
  await t.rejects(closeRound(ledger, 'demo', 2, 'operator'));

  const events = (await readEvents(ledger, 'demo', '0', 100)).map(({ event }) => event);
  const expected: Omit<FederationEvent, 'at'>[] = [
    { type: 'federation.created' },
    { type: 'federation.updated' },
    { type: 'client.registered', client: 'c0' },
    { type: 'client.registered', client: 'c1' },
    { type: 'client.token-rotated', client: 'c1' },
    { type: 'round.opened', round: 1 },
    { type: 'submission.accepted', round: 1, client: 'c0' },
    { type: 'submission.replaced', round: 1, client: 'c0' },
    { type: 'submission.removed', round: 1, client: 'c0' },
    { type: 'round.cancelled', round: 1 },
    { type: 'round.opened', round: 2 },
    { type: 'submission.accepted', round: 2, client: 'c0' },
    { type: 'submission.accepted', round: 2, client: 'c1' },
    { type: 'round.closed', round: 2, detail: 'full' },
    { type: 'round.progress', round: 2, adapter: 'a1', done: 1, total: 3 },
    { type: 'round.failed', round: 2, adapter: 'a1', detail: 'It broke.' },
    { type: 'round.retried', round: 2, adapter: 'a1' },
    { type: 'round.published', round: 2, adapter: 'a1' },
    { type: 'adapter.requested', round: 2, adapter: 'a2' },
    { type: 'adapter.failed', round: 2, adapter: 'a2', detail: 'It broke.' },
    { type: 'adapter.requested', round: 2, adapter: 'a3' },
    { type: 'adapter.published', round: 2, adapter: 'a3' },
    { type: 'adapter.promoted', round: 2, adapter: 'a3' },
    { type: 'client.removed', client: 'c1' },
  ];
  t.same(
    events,
    expected.map((event) => ({ ...event, at })),
  );
});

t.test('reading resumes after any id, in batches of any size', async (t) => {
  const ledger = redis.ledger();
  await createFederation(ledger, { name: 'demo' });
  for (let index = 0; index < 20; index++) await registerClient(ledger, 'demo', `c${index}`);
  const all = await readEvents(ledger, 'demo', '0', 100);
  t.equal(all.length, 21);
  for (const [index, { id }] of all.entries()) {
    t.strictSame(await readEvents(ledger, 'demo', id, 5), all.slice(index + 1, index + 6));
  }
  t.equal(await lastEventId(ledger, 'demo'), all.at(-1)?.id);
});

t.test('an id that the stream never gave is refused', async (t) => {
  const ledger = redis.ledger();
  await createFederation(ledger, { name: 'demo' });
  for (const id of [
    '',
    'x',
    '-1',
    '1-',
    '1-2-3',
    '+',
    '$',
    '(1',
    '1 2',
    '18446744073709551615',
    '9'.repeat(20),
  ]) {
    await t.rejects(readEvents(ledger, 'demo', id, 1), { code: 'request_invalid' }, JSON.stringify(id));
  }
  t.strictSame(await readEvents(ledger, 'demo', '18446744073709551614-18446744073709551615', 1), []);
  await t.rejects(readEvents(ledger, 'none', '0', 1), { code: 'federation_not_found' });
  await t.rejects(lastEventId(ledger, 'none'), { code: 'federation_not_found' });
  await t.rejects(truncatedBefore(ledger, 'none', '0'), { code: 'federation_not_found' });
});

t.test('says when older events have been trimmed away', async (t) => {
  const ledger = redis.ledger();
  await createFederation(ledger, { name: 'demo' });
  const start = await lastEventId(ledger, 'demo');
  t.equal(await truncatedBefore(ledger, 'demo', '0'), false);
  for (let index = 0; index < 5; index++) await updateFederation(ledger, 'demo', { baseModel: `m${index}` });
  const late = await lastEventId(ledger, 'demo');
  // enough to make Redis drop whole nodes of the stream
  const pipeline = redis.redis.pipeline();
  for (let index = 0; index < EVENTS_KEPT + 500; index++) {
    pipeline.xadd(`${ledger.prefix}:{demo}:events`, '*', 'data', '{"type":"federation.updated","at":""}');
  }
  await pipeline.exec();
  await updateFederation(ledger, 'demo', { baseModel: 'last' });
  const kept = await redis.redis.xlen(`${ledger.prefix}:{demo}:events`);
  t.ok(kept >= EVENTS_KEPT && kept < EVENTS_KEPT + 200, `${kept} events are kept`);
  t.equal(await truncatedBefore(ledger, 'demo', '0'), true);
  t.equal(await truncatedBefore(ledger, 'demo', start), true);
  t.equal(await truncatedBefore(ledger, 'demo', late), true);
  t.equal(await truncatedBefore(ledger, 'demo', await lastEventId(ledger, 'demo')), false);
});
