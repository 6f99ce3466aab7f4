import t from 'tap';
import { publishAdapter } from '../../src/adapters/publishAdapter.js';
import { readEvents } from '../../src/events/readEvents.js';
import { deleteFederation } from '../../src/federations/deleteFederation.js';
import type { Ledger } from '../../src/ledger/openLedger.js';
import { closeRound } from '../../src/rounds/closeRound.js';
import { openRound } from '../../src/rounds/openRound.js';
import { acceptSubmission } from '../../src/submissions/acceptSubmission.js';
import { failSum } from '../../src/sums/failSum.js';
import { listSumming } from '../../src/sums/listSumming.js';
import { presentSum } from '../../src/sums/presentSum.js';
import { publishSum } from '../../src/sums/publishSum.js';
import { requestSum } from '../../src/sums/requestSum.js';
import { SUMS_MAKING_MAX, SUMS_MAKING_OF_CLIENT_MAX, SUMS_READY_MAX } from '../../src/sums/sumScript.js';
import { attempt, offer, published, RESULT } from '../fixtures/scenes.js';
import { assertSound } from '../fixtures/soundness.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);
const FILE = { sha256: 'e'.repeat(64), bytes: 9 };

async function twoRounds(): Promise<Ledger> {
  const ledger = redis.ledger();
  await published(ledger);
  await openRound(ledger, 'demo');
  await acceptSubmission(ledger, offer('c0', 'second', { round: 2 }));
  await closeRound(ledger, 'demo', 2, 'operator');
  await publishAdapter(ledger, await attempt(ledger, 'a1', 2), RESULT);
  return ledger;
}

async function making(ledger: Ledger, tau: number) {
  const answer = await requestSum(ledger, { federation: 'demo', since: 0, tau });
  if (answer.outcome !== 'making') throw new Error(`it is ${answer.outcome}`);
  return answer.ref;
}

t.test('however many ask from wherever, there is one sum under way', async (t) => {
  const ledger = await twoRounds();
  const connections = redis.connections(ledger, 5);
  const refs = await Promise.all([...connections, ...connections].map((each) => making(each, 1)));
  t.equal(new Set(refs.map((ref) => JSON.stringify(ref))).size, 1);
  t.strictSame(await listSumming(ledger), refs.slice(0, 1));
  const events = await readEvents(ledger, 'demo', '0', 100);
  t.strictSame(
    events.flatMap(({ event }) => (event.type.startsWith('sum.') ? [event.detail] : [])),
    ['rounds 1 to 2'],
  );
  await assertSound(t, ledger);
});

t.test('a late try at a sum is stale, once it is published, failed or forgotten', async (t) => {
  const ledger = await twoRounds();
  const ref = await making(ledger, 1);
  t.equal(await publishSum(ledger, ref, FILE), 'published');
  t.equal(await publishSum(ledger, ref, FILE), 'stale');
  t.equal(await failSum(ledger, ref, { code: 'sum_failed', detail: 'late' }, false), 'stale');
  t.equal(await presentSum(ledger, ref), undefined);
  const other = await making(ledger, 0.5);
  await deleteFederation(ledger, 'demo');
  t.equal(await publishSum(ledger, other, FILE), 'stale');
  t.strictSame(await redis.redis.keys(`${ledger.prefix}:{demo}*`), [`${ledger.prefix}:{demo}:removals`]);
  await assertSound(t, ledger);
});

t.test('a fault is told for a minute and then tried anew, a refusal for ever', async (t) => {
  const ledger = await twoRounds();
  const wish = { federation: 'demo', since: 0, tau: 1 };
  const fault = await making(ledger, 1);
  await failSum(ledger, fault, { code: 'sum_failed', detail: 'It broke.' }, false);
  t.match(await requestSum(ledger, wish), { outcome: 'failed', code: 'sum_failed', detail: 'It broke.' });
  redis.clock.advance(61);
  const again = await making(ledger, 1);
  t.ok(again.attempt > fault.attempt, 'in a folder of its own');
  t.equal(await publishSum(ledger, fault, FILE), 'stale');
  await failSum(ledger, again, { code: 'dtype_overflow', detail: 'Too large.' }, true);
  redis.clock.advance(3_600);
  t.match(await requestSum(ledger, wish), { outcome: 'failed', code: 'dtype_overflow' });
  await assertSound(t, ledger);
});

t.test('a client has few sums made at a time, and keeps nobody from theirs', async (t) => {
  const ledger = await twoRounds();
  const ask = (client: string, tau: number) =>
    requestSum(ledger, { federation: 'demo', since: 0, tau, client });
  for (let index = 1; index <= SUMS_MAKING_OF_CLIENT_MAX; index++) await ask('c0', index / 100);
  await t.rejects(ask('c0', 0.99), { code: 'too_many_requests' });
  t.match(await ask('c0', 0.01), { outcome: 'making' }, 'what is under way may be asked for');
  t.match(await ask('c1', 0.99), { outcome: 'making' });
  t.match(await ask('c0', 0.99), { outcome: 'making' }, 'and what others have asked for');
  await assertSound(t, ledger);
});

t.test('what can be made and kept of a federation is bounded', async (t) => {
  const ledger = await twoRounds();
  for (let index = 1; index <= SUMS_MAKING_MAX; index++) await making(ledger, index / 100);
  await t.rejects(making(ledger, 0.99), { code: 'too_many_requests' });
  t.ok(await making(ledger, 0.01), 'what is under way may be asked for');
  for (const ref of await listSumming(ledger)) await publishSum(ledger, ref, FILE);
  for (let index = 1; index <= SUMS_READY_MAX; index++) {
    redis.clock.advance(1);
    await publishSum(ledger, await making(ledger, 0.5 + index / 1_000), FILE);
  }
  const kept = await redis.redis.zcard(`${ledger.prefix}:{demo}:sums`);
  t.ok(kept <= SUMS_READY_MAX + 1, `${kept} are kept`);
  const oldest = await requestSum(ledger, { federation: 'demo', since: 0, tau: 0.01 });
  t.equal(oldest.outcome, 'making', 'those asked for longest ago went first');
  await assertSound(t, ledger);
});
