import { createHash } from 'node:crypto';
import type { CohortPolicy } from '@florist/core/schemas/cohort';
import type { RoundPolicyInput } from '@florist/core/schemas/roundPolicy';
import t from 'tap';
import { registerClient } from '../../src/clients/registerClient.js';
import { removeClient } from '../../src/clients/removeClient.js';
import { createFederation } from '../../src/federations/createFederation.js';
import { updateFederation } from '../../src/federations/updateFederation.js';
import type { Ledger } from '../../src/ledger/openLedger.js';
import { listParticipants } from '../../src/participants/listParticipants.js';
import { recordHeartbeat } from '../../src/participants/recordHeartbeat.js';
import { cancelRound } from '../../src/rounds/cancelRound.js';
import { getRound } from '../../src/rounds/getRound.js';
import { openRound } from '../../src/rounds/openRound.js';
import { acceptSubmission } from '../../src/submissions/acceptSubmission.js';
import { beginUpload } from '../../src/submissions/beginUpload.js';
import { offer } from '../fixtures/scenes.js';
import { assertSound } from '../fixtures/soundness.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);

function names(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `c${index}`);
}

async function federation(clients: number, rounds: RoundPolicyInput): Promise<Ledger> {
  const ledger = redis.ledger();
  await createFederation(ledger, { name: 'demo', rounds });
  await Promise.all(names(clients).map((client) => registerClient(ledger, 'demo', client)));
  return ledger;
}

async function invited(ledger: Ledger): Promise<string[]> {
  const { items } = await listParticipants(ledger, 'demo', 'latest', { limit: 1000 });
  return items.map(({ client }) => client);
}

/** The choice as it is documented, made anew. */
function drawn(
  clients: string[],
  seed: number,
  round: number,
  count: number,
  always: string[] = [],
): string[] {
  const key = (client: string) => createHash('sha1').update(`${seed}:${round}:${client}`).digest('hex');
  const rest = clients.filter((client) => !always.includes(client));
  rest.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return [...always, ...rest].slice(0, Math.max(count, always.length)).sort();
}

t.test('a sample is what its seed, its round and the clients make it', async (t) => {
  const cases: [CohortPolicy, number][] = [
    [{ size: 10, seed: 7 }, 10],
    [{ size: 10, seed: 7, oversample: 1.25 }, 13],
    [{ fraction: 0.1, seed: 4_294_967_295 }, 5],
    [{ fraction: 0.1, oversample: 1.5, seed: 0 }, 8],
    [{ fraction: 0.001, seed: 1 }, 1],
    [{ fraction: 1, oversample: 3, seed: 1 }, 50],
    [{ size: 100, seed: 3 }, 50],
  ];
  for (const [cohort, count] of cases) {
    const ledger = await federation(50, { cohort });
    for (const number of [1, 2]) {
      const round = await openRound(ledger, 'demo');
      const seed = Number(typeof cohort === 'object' && cohort.seed);
      t.strictSame(round.cohort, { seed, invited: count });
      t.strictSame(await invited(ledger), drawn(names(50), seed, number, count), JSON.stringify(cohort));
      await cancelRound(ledger, 'demo', number);
    }
    await assertSound(t, ledger);
  }
});

t.test('a seed that is not given is drawn anew for each round, and recorded', async (t) => {
  const ledger = await federation(50, { cohort: { size: 10 } });
  const seeds = new Set<number>();
  for (const number of [1, 2, 3]) {
    const { cohort } = await openRound(ledger, 'demo');
    const seed = cohort?.seed ?? -1;
    seeds.add(seed);
    t.strictSame(await invited(ledger), drawn(names(50), seed, number, 10));
    await cancelRound(ledger, 'demo', number);
  }
  t.equal(seeds.size, 3);
});

t.test('everybody is invited about equally often', async (t) => {
  const ledger = await federation(20, { cohort: { size: 5, seed: 11 } });
  const times: Record<string, number> = {};
  for (let number = 1; number <= 400; number++) {
    await openRound(ledger, 'demo');
    for (const client of await invited(ledger)) times[client] = (times[client] ?? 0) + 1;
    await cancelRound(ledger, 'demo', number);
  }
  // 400 draws at 1/4: mean 100, standard deviation 8.7; five of them leave one in 1.7 million outside
  for (const client of names(20))
    t.ok(Math.abs((times[client] ?? 0) - 100) < 44, `${client}: ${times[client]}`);
});

t.test('always: they come first, even beyond the size; strangers are passed over', async (t) => {
  const always = ['c3', 'nobody', 'c1', 'c3'];
  const ledger = await federation(10, { cohort: { size: 4, seed: 5, always } });
  await openRound(ledger, 'demo');
  t.strictSame(await invited(ledger), drawn(names(10), 5, 1, 4, ['c1', 'c3']));
  await cancelRound(ledger, 'demo', 1);
  await openRound(ledger, 'demo', { cohort: { size: 1, seed: 5, always } });
  t.strictSame(await invited(ledger), ['c1', 'c3']);
});

t.test('who is not invited can do nothing, and is told so', async (t) => {
  const ledger = await federation(10, { cohort: { size: 4, seed: 5 } });
  await openRound(ledger, 'demo');
  const cohort = await invited(ledger);
  const [outsider = ''] = names(10).filter((client) => !cohort.includes(client));
  const refusal = {
    code: 'client_not_invited',
    message: `Client ${outsider} is not in the cohort of round 1.`,
  };
  await t.rejects(acceptSubmission(ledger, offer(outsider)), refusal);
  await t.rejects(beginUpload(ledger, 'demo', 1, outsider), refusal);
  await t.rejects(recordHeartbeat(ledger, 'demo', 1, outsider, { state: 'ready' }), refusal);
  await registerClient(ledger, 'demo', 'newcomer');
  await t.rejects(acceptSubmission(ledger, offer('newcomer')), { code: 'client_not_invited' });
  t.equal((await acceptSubmission(ledger, offer(cohort[0] ?? ''))).outcome, 'accepted');
  await assertSound(t, ledger);
});

t.test('with a cohort of all, those who register later are invited too', async (t) => {
  const ledger = await federation(2, { cohort: 'all' });
  t.strictSame((await openRound(ledger, 'demo')).cohort, { invited: 2 });
  await registerClient(ledger, 'demo', 'c2');
  t.equal((await acceptSubmission(ledger, offer('c2'))).outcome, 'accepted');
  t.strictSame((await getRound(ledger, 'demo', 1)).cohort, { invited: 3 });
  await cancelRound(ledger, 'demo', 1);
  redis.clock.advance(1);
  await registerClient(ledger, 'demo', 'c3');
  t.strictSame((await getRound(ledger, 'demo', 1)).cohort, { invited: 3 }, 'an ended round invites nobody');
  const { items } = await listParticipants(ledger, 'demo', 1);
  t.match(items.at(-1), { client: 'c3', invited: false });
});

t.test('a full cohort closes the round where maxSubmissions says that a round can be full', async (t) => {
  const ledger = await federation(10, { maxSubmissions: 8, cohort: { size: 3, seed: 1 } });
  await openRound(ledger, 'demo');
  const [a = '', b = '', c = ''] = await invited(ledger);
  t.equal((await acceptSubmission(ledger, offer(a))).closed, false);
  t.equal((await acceptSubmission(ledger, offer(b))).closed, false);
  t.match((await getRound(ledger, 'demo', 1)).waitingFor, [
    /^1 more submission \(2 of 3\), or an operator to close it; 1 invited but not heard from$/,
  ]);
  t.equal((await acceptSubmission(ledger, offer(c))).closed, true);
  t.match(await getRound(ledger, 'demo', 1), { state: 'aggregating', closedBy: 'full' });

  const over = await federation(10, { maxSubmissions: 2, cohort: { size: 2, oversample: 2, seed: 1 } });
  await openRound(over, 'demo');
  const [first = '', second = ''] = await invited(over);
  await acceptSubmission(over, offer(first));
  t.equal((await acceptSubmission(over, offer(second))).closed, true, 'the first two of four');

  const without = await federation(10, { cohort: { size: 1, seed: 1 } });
  await openRound(without, 'demo');
  t.equal((await acceptSubmission(without, offer((await invited(without))[0] ?? ''))).closed, false);
});

t.test('a cohort that could never be enough is refused', async (t) => {
  const ledger = await federation(3, { minSubmissions: 2 });
  const cohort = { size: 4, oversample: 1.1 };
  await t.rejects(updateFederation(ledger, 'demo', { rounds: { minSubmissions: 6, cohort } }), {
    code: 'request_invalid',
    errors: [{ field: '/rounds/cohort', detail: 'It invites 5, below minSubmissions, which is 6.' }],
  });
  await updateFederation(ledger, 'demo', { rounds: { minSubmissions: 4, cohort } });
  await t.rejects(openRound(ledger, 'demo'), {
    code: 'cohort_too_small',
    message: 'Round 1 would invite 3 of the 4 clients it needs; register more, or ask for fewer.',
  });
  await assertSound(t, ledger, 'nothing of it stays');
  await registerClient(ledger, 'demo', 'c3');
  t.equal((await openRound(ledger, 'demo')).state, 'collecting');
});

t.test('a client that is removed is not waited for', async (t) => {
  const ledger = await federation(3, { cohort: { size: 3, seed: 1 } });
  await openRound(ledger, 'demo');
  await recordHeartbeat(ledger, 'demo', 1, 'c0', { state: 'training' });
  await removeClient(ledger, 'demo', 'c0');
  const round = await getRound(ledger, 'demo', 1);
  t.equal(round.cohort?.invited, 2);
  t.strictSame(round.waitingFor[0], '1 more submission (0 of 1); 2 invited but not heard from');
  await registerClient(ledger, 'demo', 'c0');
  await t.rejects(acceptSubmission(ledger, offer('c0')), { code: 'client_not_invited' }, 'it is another now');
  for (const client of ['c1', 'c2']) await removeClient(ledger, 'demo', client);
  await registerClient(ledger, 'demo', 'c9');
  await t.rejects(acceptSubmission(ledger, offer('c9')), { code: 'client_not_invited' }, 'nobody is not all');
  await assertSound(t, ledger);
});

t.test('a round that waited for one client alone closes when that is removed', async (t) => {
  const ledger = await federation(4, { cohort: { size: 4, seed: 1 }, minSubmissions: 2, maxSubmissions: 4 });
  await openRound(ledger, 'demo');
  for (const client of ['c0', 'c1']) await acceptSubmission(ledger, offer(client));
  t.equal(await removeClient(ledger, 'demo', 'c0'), undefined, 'one that has submitted is not waited for');
  t.equal((await getRound(ledger, 'demo', 1)).cohort?.invited, 4, 'and stays among the invited');
  t.equal(await removeClient(ledger, 'demo', 'c2'), undefined, 'c3 may still come');
  t.equal(await removeClient(ledger, 'demo', 'c3'), 1);
  t.match(await getRound(ledger, 'demo', 1), { state: 'aggregating', closedBy: 'full' });
  await assertSound(t, ledger);
});

t.test('ten thousand clients are sampled in a moment', async (t) => {
  const ledger = redis.ledger();
  await createFederation(ledger, { name: 'demo', rounds: { cohort: { fraction: 0.1, seed: 1 } } });
  const crowd = Array.from({ length: 10_000 }, (_, index) => `client-${index}`);
  await redis.redis.zadd(`${ledger.prefix}:{demo}:clients`, ...crowd.flatMap((client) => [0, client]));
  const began = performance.now();
  const { cohort } = await openRound(ledger, 'demo');
  const ms = performance.now() - began;
  t.comment(`a tenth of 10,000 clients in ${ms.toFixed(0)} ms`);
  t.equal(cohort?.invited, 1000);
  t.ok(ms < 1_000, 'no other request waits for long');
  t.strictSame(await invited(ledger), drawn(crowd, 1, 1, 1000));
});
