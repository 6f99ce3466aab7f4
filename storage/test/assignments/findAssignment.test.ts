import t from 'tap';
import { promoteAdapter } from '../../src/adapters/promoteAdapter.js';
import { publishAdapter } from '../../src/adapters/publishAdapter.js';
import { requestAdapter } from '../../src/adapters/requestAdapter.js';
import { findAssignment } from '../../src/assignments/findAssignment.js';
import { registerClient } from '../../src/clients/registerClient.js';
import { removeClient } from '../../src/clients/removeClient.js';
import { createFederation } from '../../src/federations/createFederation.js';
import type { Ledger } from '../../src/ledger/openLedger.js';
import { recordHeartbeat } from '../../src/participants/recordHeartbeat.js';
import { cancelRound } from '../../src/rounds/cancelRound.js';
import { closeRound } from '../../src/rounds/closeRound.js';
import { openRound } from '../../src/rounds/openRound.js';
import { acceptSubmission } from '../../src/submissions/acceptSubmission.js';
import { attempt, collecting, offer, published, RESULT } from '../fixtures/scenes.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);

/** Plays a round with the submissions of some clients, to its published adapter. */
async function play(ledger: Ledger, round: number, clients: string[]): Promise<void> {
  for (const client of clients) await acceptSubmission(ledger, offer(client, 'first', { round }));
  await closeRound(ledger, 'demo', round, 'operator');
  await publishAdapter(ledger, await attempt(ledger, 'a1', round), RESULT);
}

async function toMerge(ledger: Ledger, client: string, have?: number): Promise<unknown> {
  const assigned = await findAssignment(ledger, 'demo', client, have);
  return assigned.action === 'train'
    ? assigned.adapters.map(({ round, adapter }) => `${round}/${adapter}`)
    : assigned;
}

t.test('from nothing to a first round', async (t) => {
  const ledger = redis.ledger();
  await createFederation(ledger, {
    name: 'demo',
    baseModel: 'tiny',
    rounds: { deadlineSeconds: 60, graceSeconds: 30 },
  });
  await registerClient(ledger, 'demo', 'c0');
  t.strictSame(await findAssignment(ledger, 'demo', 'c0'), {
    action: 'wait',
    retryAfterSeconds: 30,
    reason: 'No round has been opened yet.',
    alreadySubmitted: false,
  });
  const { deadlineAt, graceUntil } = await openRound(ledger, 'demo');
  t.strictSame(await findAssignment(ledger, 'demo', 'c0'), {
    action: 'train',
    round: 1,
    deadlineAt,
    graceUntil,
    baseModel: 'tiny',
    aggregation: {
      method: 'florist',
      rank: { policy: 'energy', tau: 0.9 },
      dtype: 'F32',
      missingModules: 'reject',
    },
    since: 0,
    adapters: [],
    complete: true,
    alreadySubmitted: false,
  });
  await acceptSubmission(ledger, offer('c0'));
  t.match(await findAssignment(ledger, 'demo', 'c0'), {
    action: 'wait',
    round: 1,
    reason: /has this client's submission/,
    alreadySubmitted: true,
  });
  await closeRound(ledger, 'demo', 1, 'operator');
  t.match(await findAssignment(ledger, 'demo', 'c0'), {
    action: 'wait',
    retryAfterSeconds: 5,
    reason: /aggregating/,
  });
});

t.test('a client merges its last round’s adapter and all later ones', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  await play(ledger, 1, ['c0', 'c1']);
  await openRound(ledger, 'demo');
  await play(ledger, 2, ['c0']);
  await openRound(ledger, 'demo');
  await cancelRound(ledger, 'demo', 3);
  await openRound(ledger, 'demo');
  t.strictSame(await toMerge(ledger, 'c0'), ['2/a1'], 'it had merged round 1 before it trained for round 2');
  t.strictSame(await toMerge(ledger, 'c1'), ['1/a1', '2/a1']);
  t.strictSame(await toMerge(ledger, 'c2'), ['1/a1', '2/a1'], 'a newcomer starts from the base model');
  t.strictSame(await toMerge(ledger, 'c2', 1), ['2/a1'], 'unless it says what it has');
  t.strictSame(await toMerge(ledger, 'c0', 0), ['1/a1', '2/a1'], 'also when it lost its model');
  t.strictSame(await toMerge(ledger, 'c0', 4), []);
  await t.rejects(toMerge(ledger, 'c0', 5), { code: 'request_invalid', errors: [{ field: 'have' }] });
  await requestAdapter(ledger, 'demo', 2, { method: 'flora' });
  await publishAdapter(ledger, await attempt(ledger, 'a2', 2), RESULT);
  await promoteAdapter(ledger, 'demo', 2, 'a2');
  t.strictSame(await toMerge(ledger, 'c0'), ['2/a2'], 'the adapter that the round serves');
  await removeClient(ledger, 'demo', 'c0');
  await t.rejects(toMerge(ledger, 'c0'), { code: 'client_not_found' });
  await registerClient(ledger, 'demo', 'c0');
  t.strictSame(await toMerge(ledger, 'c0'), ['1/a1', '2/a2'], 'another client of that name has nothing');
});

t.test('what was late was trained for its own round: the client lacks that round’s adapter', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger, { rounds: { late: 'carry' } });
  await play(ledger, 1, ['c0']);
  await acceptSubmission(ledger, offer('c1'));
  await openRound(ledger, 'demo');
  t.match(await findAssignment(ledger, 'demo', 'c1'), {
    action: 'train',
    round: 2,
    since: 0,
    adapters: [{ round: 1, adapter: 'a1' }],
    alreadySubmitted: true,
  });
});

t.test('who is not in the cohort waits', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  await cancelRound(ledger, 'demo', 1);
  await openRound(ledger, 'demo', { cohort: { size: 1, always: ['c1'] } });
  t.match(await findAssignment(ledger, 'demo', 'c1'), { action: 'train', round: 2 });
  t.match(await findAssignment(ledger, 'demo', 'c0'), {
    action: 'wait',
    reason: 'This client is not in the cohort of round 2.',
    alreadySubmitted: false,
  });
});

t.test('nobody begins what its deadline has ended; who is at work finishes in the grace', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger, { rounds: { deadlineSeconds: 60, graceSeconds: 60, onDeadline: 'fail' } });
  redis.clock.advance(59);
  await recordHeartbeat(ledger, 'demo', 1, 'c0', { state: 'training' });
  t.match(await findAssignment(ledger, 'demo', 'c1'), { action: 'train' });
  redis.clock.advance(1);
  t.match(await findAssignment(ledger, 'demo', 'c0'), { action: 'train', round: 1 });
  t.match(await findAssignment(ledger, 'demo', 'c1'), {
    action: 'wait',
    reason: 'The deadline of round 1 has passed.',
  });
  redis.clock.advance(60);
  t.match(await findAssignment(ledger, 'demo', 'c0'), { action: 'wait' });

  const waiting = redis.ledger();
  await collecting(waiting, { rounds: { deadlineSeconds: 60 } });
  redis.clock.advance(61);
  t.match(
    await findAssignment(waiting, 'demo', 'c0'),
    { action: 'train' },
    'a round that waits still wants it',
  );
});

t.test('when to ask again follows the plan for the next round', async (t) => {
  const ledger = redis.ledger();
  await published(ledger, { rounds: { next: { delaySeconds: 45 } } });
  const opensAt = new Date(redis.clock.now().getTime() + 45_000).toISOString();
  t.match(await findAssignment(ledger, 'demo', 'c0'), {
    retryAfterSeconds: 45,
    reason: `Round 1 is published; the next opens at ${opensAt}.`,
  });
  redis.clock.advance(44.5);
  t.match(await findAssignment(ledger, 'demo', 'c0'), { retryAfterSeconds: 1 });
  const later = redis.ledger();
  await published(later, { rounds: { next: { delaySeconds: 86_400 } } });
  t.match(await findAssignment(later, 'demo', 'c0'), { retryAfterSeconds: 300 }, 'plans change');
});

t.test('who lacks more than a thousand adapters gets them in turns', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  const base = `${ledger.prefix}:{demo}:`;
  const many = redis.redis.pipeline();
  for (let round = 1; round <= 1200; round++)
    many.hset(`${base}round:${round}`, 'state', 'published', 'current', 'a1');
  many.hset(`${base}federation`, 'latest', 1200);
  await many.exec();
  await openRound(ledger, 'demo');
  const began = performance.now();
  const first = await findAssignment(ledger, 'demo', 'c0');
  t.ok(performance.now() - began < 500);
  if (first.action !== 'train') throw new Error(first.reason);
  t.strictSame([first.adapters.length, first.adapters.at(-1)?.round, first.complete], [1000, 1000, false]);
  const rest = await findAssignment(ledger, 'demo', 'c0', 1000);
  if (rest.action !== 'train') throw new Error(rest.reason);
  t.strictSame([rest.adapters.length, rest.adapters[0]?.round, rest.complete], [200, 1001, true]);
});
