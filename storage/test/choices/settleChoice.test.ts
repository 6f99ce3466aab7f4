import type { CandidatePolicy } from '@florist/core/schemas/candidates';
import type { FederationEvent } from '@florist/core/schemas/event';
import t from 'tap';
import { failAdapter } from '../../src/adapters/failAdapter.js';
import { listAdapters } from '../../src/adapters/listAdapters.js';
import { promoteAdapter } from '../../src/adapters/promoteAdapter.js';
import { publishAdapter } from '../../src/adapters/publishAdapter.js';
import { requestAdapter } from '../../src/adapters/requestAdapter.js';
import { settleChoice } from '../../src/choices/settleChoice.js';
import { evaluateAdapter } from '../../src/evaluations/evaluateAdapter.js';
import { listEvaluations } from '../../src/evaluations/listEvaluations.js';
import { readEvents } from '../../src/events/readEvents.js';
import { deleteFederation } from '../../src/federations/deleteFederation.js';
import { getFederation } from '../../src/federations/getFederation.js';
import { updateFederation } from '../../src/federations/updateFederation.js';
import type { Ledger } from '../../src/ledger/openLedger.js';
import { getRound } from '../../src/rounds/getRound.js';
import { listPending } from '../../src/rounds/listPending.js';
import { openRound } from '../../src/rounds/openRound.js';
import { attempt, FEDERATION, published, RESULT } from '../fixtures/scenes.js';
import { assertSound } from '../fixtures/soundness.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);
const WAIT = 600;
const FIELDS = { taus: [0.8, 0.9, 0.99], metric: 'loss', higherIsBetter: false, waitSeconds: WAIT };
const BEST: CandidatePolicy = { choose: 'best', ...FIELDS, minEvaluations: 2 };

/** A round whose candidates are all published: a2 at τ 0.8, a1 at 0.9, a3 at 0.99. */
async function withCandidates(ledger: Ledger, candidates: CandidatePolicy = BEST): Promise<void> {
  await published(ledger, { candidates });
  await publishAdapter(ledger, await attempt(ledger, 'a2'), { ...RESULT, totalRank: 4 });
  await publishAdapter(ledger, await attempt(ledger, 'a3'), { ...RESULT, totalRank: 30 });
}

const report = (
  ledger: Ledger,
  adapter: string,
  client: string | undefined,
  value: number,
  numExamples = 10,
) =>
  evaluateAdapter(ledger, FEDERATION, 1, adapter, client, {
    ...{ metric: 'loss', value, numExamples, higherIsBetter: false },
  });

async function eventsOf(ledger: Ledger, ...types: string[]): Promise<FederationEvent[]> {
  const events = await readEvents(ledger, FEDERATION, '0', 1000);
  return events.flatMap(({ event }) => (types.includes(event.type) ? [event] : []));
}

const choosable = async (ledger: Ledger) => (await listPending(ledger)).choosable;

t.test('publishing a round asks for its candidates, and what is there already is one of them', async (t) => {
  const ledger = redis.ledger();
  await published(ledger, { candidates: BEST, aggregation: { dtype: 'F16', missingModules: 'zero' } });
  const adapters = await listAdapters(ledger, FEDERATION, 1);
  t.strictSame(
    adapters.map(({ id, state, aggregation: { rank, dtype, missingModules } }) => [
      ...[id, state, 'tau' in rank && rank.tau, dtype, missingModules],
    ]),
    [
      ['a1', 'published', 0.9, 'F16', 'zero'],
      ['a2', 'aggregating', 0.8, 'F16', 'zero'],
      ['a3', 'aggregating', 0.99, 'F16', 'zero'],
    ],
  );
  const { choice } = await getRound(ledger, FEDERATION, 1);
  t.strictSame(choice, { state: 'open', candidates: ['a2', 'a1', 'a3'] });
  t.strictSame(
    (await listPending(ledger)).aggregating.map(({ adapter }) => adapter).sort(),
    ['a2', 'a3'],
    'the sweep queues them',
  );
  t.equal((await eventsOf(ledger, 'adapter.requested')).length, 2);
  await assertSound(t, ledger);
});

t.test('the wait begins when the last candidate is made or given up', async (t) => {
  const ledger = redis.ledger();
  await published(ledger, { candidates: BEST });
  await publishAdapter(ledger, await attempt(ledger, 'a2'), RESULT);
  t.strictSame(await choosable(ledger), []);
  for (const adapter of ['a1', 'a2'])
    for (const client of ['c0', 'c1']) await report(ledger, adapter, client, 1);
  t.equal(await settleChoice(ledger, FEDERATION, 1), 'waiting', 'a3 is yet to be made');
  t.notOk((await getRound(ledger, FEDERATION, 1)).choice?.closesAt);
  redis.clock.advance(5);
  await failAdapter(ledger, await attempt(ledger, 'a3'), { code: 'internal', detail: 'gone' });
  const closesAt = new Date(redis.clock.now().getTime() + WAIT * 1000).toISOString();
  t.equal((await getRound(ledger, FEDERATION, 1)).choice?.closesAt, closesAt);
  t.strictSame(await choosable(ledger), [{ federation: FEDERATION, round: 1 }]);
  t.equal(await settleChoice(ledger, FEDERATION, 1), 'settled', 'a3 is no candidate any more');
  await assertSound(t, ledger);
});

t.test('enough evaluations of all: the best is chosen, promoted and told, with all values', async (t) => {
  const ledger = redis.ledger();
  await withCandidates(ledger);
  t.equal(await settleChoice(ledger, FEDERATION, 1), 'waiting');
  t.strictSame(await choosable(ledger), [], 'looked at, and nothing new since');
  const losses = { a1: 0.5, a2: 0.7, a3: 0.4 };
  for (const [adapter, loss] of Object.entries(losses)) await report(ledger, adapter, 'c0', loss);
  t.strictSame(await choosable(ledger), [{ federation: FEDERATION, round: 1 }], 'news');
  t.equal(await settleChoice(ledger, FEDERATION, 1), 'waiting', 'one each is not two each');
  for (const [adapter, loss] of Object.entries(losses))
    await report(ledger, adapter, undefined, loss + 0.1, 30);
  t.equal(await settleChoice(ledger, FEDERATION, 1), 'settled');
  const { choice, adapter } = await getRound(ledger, FEDERATION, 1);
  t.match(choice, {
    state: 'chosen',
    adapter: 'a3',
    reason:
      'τ 0.99 has the best mean. loss: a1 (τ 0.9, rank 7) 0.575 by 2, a2 (τ 0.8, rank 4) 0.775 by 2, a3 (τ 0.99, rank 30) 0.475 by 2.',
  });
  t.equal(adapter?.id, 'a3');
  t.match(await eventsOf(ledger, 'adapter.chosen', 'adapter.promoted'), [
    { type: 'adapter.chosen', adapter: 'a3', detail: choice?.reason },
    { type: 'adapter.promoted', adapter: 'a3', detail: choice?.reason },
  ]);
  t.strictSame(await choosable(ledger), []);
  t.equal(await settleChoice(ledger, FEDERATION, 1), 'closed');
  await t.rejects(report(ledger, 'a1', 'c1', 0.1), { code: 'evaluation_closed' });
  await assertSound(t, ledger);
});

t.test('the smallest within the margin of the baseline', async (t) => {
  const ledger = redis.ledger();
  await withCandidates(ledger, { ...FIELDS, choose: 'smallest', margin: 0.1, minEvaluations: 1 });
  const { id } = await requestAdapter(ledger, FEDERATION, 1, { method: 'fedit' });
  await publishAdapter(ledger, await attempt(ledger, id), { ...RESULT, totalRank: 64 });
  const losses = { [id]: 0.62, a1: 0.5, a2: 0.7, a3: 0.4 };
  for (const [adapter, loss] of Object.entries(losses)) await report(ledger, adapter, 'c0', loss);
  t.equal(await settleChoice(ledger, FEDERATION, 1), 'settled');
  t.match((await getRound(ledger, FEDERATION, 1)).choice, {
    adapter: 'a2',
    reason: /^τ 0.8 has the smallest rank within 0.1 of fedit\. .* a4 \(fedit, rank 64\) 0.62 by 1\.$/,
  });
});

t.test('when the wait is over, what is known decides; without enough, nothing changes', async (t) => {
  const known = redis.ledger();
  await withCandidates(known);
  for (const client of ['c0', 'c1']) await report(known, 'a2', client, 0.9);
  await report(known, 'a3', 'c0', 0.1);
  t.equal(await settleChoice(known, FEDERATION, 1), 'waiting');
  redis.clock.advance(WAIT);
  t.strictSame(await choosable(known), [{ federation: FEDERATION, round: 1 }]);
  t.equal(await settleChoice(known, FEDERATION, 1), 'settled');
  t.equal((await getRound(known, FEDERATION, 1)).choice?.adapter, 'a2', 'a3 has one evaluation of two');

  const unknown = redis.ledger();
  await withCandidates(unknown);
  redis.clock.advance(WAIT);
  t.equal(await settleChoice(unknown, FEDERATION, 1), 'settled');
  const { choice, adapter } = await getRound(unknown, FEDERATION, 1);
  t.match(choice, { state: 'lapsed', reason: /No candidate had 2 evaluations of loss within 600 s/ });
  t.equal(adapter?.id, 'a1');
  t.equal((await eventsOf(unknown, 'choice.lapsed')).length, 1);
  t.strictSame(await eventsOf(unknown, 'adapter.promoted'), []);
});

t.test('many processes at once come to one outcome, from all evidence there was', async (t) => {
  const ledger = redis.ledger();
  await withCandidates(ledger, { ...BEST, minEvaluations: 1 });
  for (const adapter of ['a1', 'a2', 'a3']) await report(ledger, adapter, 'c0', 1);
  const others = redis.connections(ledger, 8);
  const outcomes = await Promise.all([
    ...others.map((other) => settleChoice(other, FEDERATION, 1)),
    ...others.map((other, k) =>
      report(other, 'a3', `c${k}`, -k).then(
        () => 'reported',
        () => 'closed',
      ),
    ),
  ]);
  t.equal(outcomes.filter((outcome) => outcome === 'settled').length, 1);
  const [chosen, ...more] = await eventsOf(ledger, 'adapter.chosen');
  t.equal(more.length, 0);
  const { metrics } = await listEvaluations(ledger, FEDERATION, 1, 'a3');
  const [, mean, count] = /a3 \(.*?\) (\S+) by (\d+)/.exec(chosen?.detail ?? '') ?? [];
  t.equal(Number(count), metrics[0]?.evaluations, 'nothing that was let in was left out');
  t.ok(Math.abs(Number(mean) - (metrics[0]?.mean ?? Number.NaN)) < 1e-3);
  await assertSound(t, ledger);
});

t.test('an operator who promotes has chosen; hold waits for that alone', async (t) => {
  for (const policy of [BEST, { ...BEST, choose: 'hold' }] as CandidatePolicy[]) {
    const ledger = redis.ledger();
    await withCandidates(ledger, policy);
    for (const adapter of ['a1', 'a2', 'a3']) await report(ledger, adapter, 'c0', 1);
    if (policy.choose === 'hold') {
      redis.clock.advance(2 * WAIT);
      t.strictSame(await choosable(ledger), []);
    }
    t.equal(await settleChoice(ledger, FEDERATION, 1), 'waiting');
    await promoteAdapter(ledger, FEDERATION, 1, 'a2');
    t.match((await getRound(ledger, FEDERATION, 1)).choice, { state: 'chosen', adapter: 'a2' });
    t.equal(await settleChoice(ledger, FEDERATION, 1), 'closed');
    t.equal((await eventsOf(ledger, 'adapter.chosen')).length, 1);
    await assertSound(t, ledger);
  }
});

t.test('a choice lapses when the next round has opened: clients have merged what was current', async (t) => {
  const ledger = redis.ledger();
  await withCandidates(ledger, { ...BEST, minEvaluations: 1 });
  await openRound(ledger, FEDERATION);
  for (const adapter of ['a1', 'a2', 'a3']) await report(ledger, adapter, 'c0', adapter === 'a3' ? 0 : 1);
  t.equal(await settleChoice(ledger, FEDERATION, 1), 'settled');
  const { choice, adapter } = await getRound(ledger, FEDERATION, 1);
  t.match(choice, { state: 'lapsed', reason: /next round has opened/ });
  t.equal(adapter?.id, 'a1');
});

t.test('the policy can be changed and removed, for rounds to come', async (t) => {
  const ledger = redis.ledger();
  await withCandidates(ledger);
  t.strictSame((await getFederation(ledger, FEDERATION)).candidates, BEST);
  const held: CandidatePolicy = { ...BEST, choose: 'hold', taus: [0.95] };
  t.strictSame((await updateFederation(ledger, FEDERATION, { candidates: held })).candidates, held);
  t.equal((await getRound(ledger, FEDERATION, 1)).choice?.candidates.length, 3);
  t.notOk('candidates' in (await updateFederation(ledger, FEDERATION, { candidates: null })));
});

t.test('a deleted federation leaves nothing of its choices', async (t) => {
  const ledger = redis.ledger();
  await withCandidates(ledger);
  await report(ledger, 'a1', 'c0', 1);
  await deleteFederation(ledger, FEDERATION);
  t.strictSame(await ledger.redis.keys(`${ledger.prefix}:{*`), [`${ledger.prefix}:{${FEDERATION}}:removals`]);
  t.equal(await ledger.redis.zcard(`${ledger.prefix}:choices`), 0);
});
