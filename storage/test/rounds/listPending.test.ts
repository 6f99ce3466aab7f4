import t from 'tap';
import { failAdapter } from '../../src/adapters/failAdapter.js';
import { publishAdapter } from '../../src/adapters/publishAdapter.js';
import { requestAdapter } from '../../src/adapters/requestAdapter.js';
import { createFederation } from '../../src/federations/createFederation.js';
import { cancelRound } from '../../src/rounds/cancelRound.js';
import { closeRound } from '../../src/rounds/closeRound.js';
import { listPending } from '../../src/rounds/listPending.js';
import { openRound } from '../../src/rounds/openRound.js';
import { retryRound } from '../../src/rounds/retryRound.js';
import { acceptSubmission } from '../../src/submissions/acceptSubmission.js';
import { aggregating, attempt, collecting, offer, RESULT } from '../fixtures/scenes.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);
const FAILURE = { code: 'internal', detail: 'It broke.' };

t.test('a round is closable from its deadline on, once it has enough', async (t) => {
  const ledger = redis.ledger();
  const closable = async () => (await listPending(ledger)).closable;
  await collecting(ledger, { rounds: { minSubmissions: 2, deadlineSeconds: 60 } });
  await createFederation(ledger, { name: 'no-deadline' });
  await openRound(ledger, 'no-deadline');
  await acceptSubmission(ledger, offer('c0'));
  redis.clock.advance(60);
  t.strictSame(await closable(), [], 'too few');
  await acceptSubmission(ledger, offer('c1'));
  t.strictSame(await closable(), [{ federation: 'demo', round: 1 }]);
  await closeRound(ledger, 'demo', 1, 'deadline');
  t.strictSame(await closable(), []);
});

t.test('a cancelled round is not closable', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger, { rounds: { deadlineSeconds: 60 } });
  await acceptSubmission(ledger, offer('c0'));
  await cancelRound(ledger, 'demo', 1);
  redis.clock.advance(61);
  t.strictSame((await listPending(ledger)).closable, []);
});

t.test('adapters are pending from request to end, with their present attempt', async (t) => {
  const ledger = redis.ledger();
  const pending = async () => (await listPending(ledger)).aggregating;
  t.strictSame(await pending(), []);
  const first = await aggregating(ledger);
  t.strictSame(await pending(), [first]);
  await failAdapter(ledger, first, FAILURE);
  t.strictSame(await pending(), []);
  await retryRound(ledger, 'demo', 1);
  const second = await attempt(ledger, 'a1');
  t.strictSame(await pending(), [second]);
  await publishAdapter(ledger, second, RESULT);
  await requestAdapter(ledger, 'demo', 1, { method: 'flora' });
  t.strictSame(await pending(), [await attempt(ledger, 'a2')]);
  await publishAdapter(ledger, await attempt(ledger, 'a2'), RESULT);
  t.strictSame(await pending(), []);
});
