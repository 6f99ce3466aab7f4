import t from 'tap';
import { failAdapter } from '../../src/adapters/failAdapter.js';
import { jobStillWanted } from '../../src/adapters/jobStillWanted.js';
import { listAdapters } from '../../src/adapters/listAdapters.js';
import { presentAttempt } from '../../src/adapters/presentAttempt.js';
import { promoteAdapter } from '../../src/adapters/promoteAdapter.js';
import { publishAdapter } from '../../src/adapters/publishAdapter.js';
import { publishedAdapter } from '../../src/adapters/publishedAdapter.js';
import { recordProgress } from '../../src/adapters/recordProgress.js';
import { requestAdapter } from '../../src/adapters/requestAdapter.js';
import { evaluateAdapter } from '../../src/evaluations/evaluateAdapter.js';
import { updateFederation } from '../../src/federations/updateFederation.js';
import { cancelRound } from '../../src/rounds/cancelRound.js';
import { getRound } from '../../src/rounds/getRound.js';
import { getAdapter } from '../fixtures/getAdapter.js';
import { aggregating, attempt, collecting, published, RESULT } from '../fixtures/scenes.js';
import { assertSound } from '../fixtures/soundness.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);
const FAILURE = {
  code: 'budget_too_small',
  detail: 'The budget holds no rank for 3 modules; give 96 bytes.',
};

t.test('a result is kept to the last digit', async (t) => {
  const ledger = redis.ledger();
  await published(ledger);
  const adapter = await getAdapter(ledger, 'demo', 1, 'a1');
  t.strictSame(adapter, {
    id: 'a1',
    state: 'published',
    current: true,
    aggregation: {
      method: 'florist',
      rank: { policy: 'energy', tau: 0.9 },
      dtype: 'F32',
      missingModules: 'reject',
    },
    requestedAt: redis.clock.now().toISOString(),
    progress: { done: 3, total: 3 },
    publishedAt: redis.clock.now().toISOString(),
    result: RESULT,
  });
});

t.test('publishing and failing are idempotent, and the first of them holds', async (t) => {
  const ledger = redis.ledger();
  const ref = await aggregating(ledger);
  t.equal(await publishAdapter(ledger, ref, RESULT), 'published');
  t.equal(await publishAdapter(ledger, ref, { ...RESULT, totalRank: 99 }), 'published');
  t.equal(await failAdapter(ledger, ref, FAILURE), 'stale');
  t.equal((await getAdapter(ledger, 'demo', 1, 'a1')).result?.totalRank, RESULT.totalRank);
  await assertSound(t, ledger);

  const other = redis.ledger();
  const failing = await aggregating(other);
  t.equal(await failAdapter(other, failing, FAILURE), 'failed');
  t.equal(await failAdapter(other, failing, { code: 'internal', detail: 'later' }), 'failed');
  t.equal(await publishAdapter(other, failing, RESULT), 'stale');
  t.strictSame((await getRound(other, 'demo', 1)).error, FAILURE);
  await assertSound(t, other);
});

t.test('what a worker reports about anything else than the present attempt is stale', async (t) => {
  const ledger = redis.ledger();
  const ref = await aggregating(ledger);
  const strange = [
    { ...ref, attempt: ref.attempt + 1 },
    { ...ref, adapter: 'a2' },
    { ...ref, round: 2 },
    { ...ref, federation: 'none' },
  ];
  for (const other of strange) {
    t.equal(await jobStillWanted(ledger, other), false);
    t.equal(await recordProgress(ledger, other, ['layers.0.q_proj']), 'stale');
    t.equal(await publishAdapter(ledger, other, RESULT), 'stale');
    t.equal(await failAdapter(ledger, other, FAILURE), 'stale');
    t.equal((await presentAttempt(ledger, other)) === undefined, other.attempt === ref.attempt);
  }
  t.equal(await jobStillWanted(ledger, ref), true);
  await cancelRound(ledger, 'demo', 1);
  t.equal(await jobStillWanted(ledger, ref), false);
  t.equal(await recordProgress(ledger, ref, ['layers.0.q_proj']), 'stale');
  t.equal(await publishAdapter(ledger, ref, RESULT), 'stale');
  t.equal(await failAdapter(ledger, ref, FAILURE), 'stale');
  t.match(await getAdapter(ledger, 'demo', 1, 'a1'), { state: 'failed', error: { code: 'round_cancelled' } });
  t.strictSame(await redis.redis.keys(`${ledger.prefix}:{none}*`), []);
  await assertSound(t, ledger);
});

t.test('progress counts each module once, over however many connections', async (t) => {
  const ledger = redis.ledger();
  const ref = await aggregating(ledger);
  const modules = ['layers.0.q_proj', 'layers.0.v_proj', 'layers.1.q_proj'];
  const connections = redis.connections(ledger, 6);
  const reports = connections.map((each, index) =>
    recordProgress(each, ref, modules.slice(0, 1 + (index % 3))),
  );
  t.strictSame(new Set(await Promise.all(reports)), new Set(['recorded']));
  t.equal(await recordProgress(ledger, ref, ['no such module']), 'recorded');
  t.strictSame((await getRound(ledger, 'demo', 1)).progress, { done: 3, total: 3 });
  await assertSound(t, ledger);
});

t.test('derived adapters come from a published round only, and each recipe once', async (t) => {
  const ledger = redis.ledger();
  const request = (given: Parameters<typeof requestAdapter>[3]) =>
    requestAdapter(ledger, 'demo', 'latest', given);
  await collecting(ledger);
  await t.rejects(request({ method: 'flora' }), {
    code: 'round_not_published',
    message: 'Round 1 is collecting, so it has no adapter to serve or derive from.',
  });
  const done = redis.ledger();
  await published(done);
  const same = { code: 'adapter_exists', message: 'Adapter a1 of round 1 is made that way.' };
  await t.rejects(requestAdapter(done, 'demo', 1, {}), same);
  await t.rejects(requestAdapter(done, 'demo', 1, { rank: { tau: 0.9, policy: 'energy' } }), same);
  const derived = await requestAdapter(done, 'demo', 1, {
    rank: { policy: 'energy', tau: 0.95 },
    dtype: 'F16',
  });
  t.match(derived, {
    id: 'a2',
    state: 'aggregating',
    current: false,
    aggregation: {
      method: 'florist',
      rank: { policy: 'energy', tau: 0.95 },
      dtype: 'F16',
      missingModules: 'reject',
    },
    progress: { done: 0, total: 3 },
  });
  await assertSound(t, done);
  await failAdapter(done, await attempt(done, 'a2'), FAILURE);
  const again = await requestAdapter(done, 'demo', 1, {
    rank: { policy: 'energy', tau: 0.95 },
    dtype: 'F16',
  });
  t.equal(again.id, 'a3', 'what failed may be asked for again');
  t.equal((await getRound(done, 'demo', 1)).state, 'published');
  t.strictSame(
    (await listAdapters(done, 'demo', 1)).map(({ id, state }) => [id, state]),
    [
      ['a1', 'published'],
      ['a2', 'failed'],
      ['a3', 'aggregating'],
    ],
  );
  await assertSound(t, done);
});

t.test('of twenty equal requests at once, one is taken', async (t) => {
  const ledger = redis.ledger();
  await published(ledger);
  const connections = redis.connections(ledger, 20);
  for (let rank = 1; rank <= 10; rank++) {
    const asked = connections.map((each) =>
      requestAdapter(each, 'demo', 1, { rank: { policy: 'fixed', rank } }),
    );
    const outcomes = await Promise.allSettled(asked);
    const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []));
    t.strictSame(lost, Array(19).fill('adapter_exists'));
  }
  t.equal((await listAdapters(ledger, 'demo', 1)).length, 11);
  await assertSound(t, ledger);
});

t.test(
  'what a request leaves out is as the federation has it now, but missingModules as the round had it',
  async (t) => {
    const ledger = redis.ledger();
    await published(ledger, { aggregation: { missingModules: 'zero' } });
    await updateFederation(ledger, 'demo', {
      aggregation: { rank: { policy: 'fixed', rank: 3 }, missingModules: 'reject' },
    });
    const derived = await requestAdapter(ledger, 'demo', 1, { dtype: 'BF16' });
    t.strictSame(derived.aggregation, {
      method: 'florist',
      rank: { policy: 'fixed', rank: 3 },
      dtype: 'BF16',
      missingModules: 'zero',
    });
    await t.rejects(requestAdapter(ledger, 'demo', 1, { missingModules: 'reject' }), {
      code: 'request_invalid',
      errors: [{ field: '/aggregation/missingModules', detail: 'Leave it out, or give zero.' }],
    });
  },
);

t.test('a published adapter can be made the current one', async (t) => {
  const ledger = redis.ledger();
  await published(ledger);
  await requestAdapter(ledger, 'demo', 1, { method: 'flora' });
  await t.rejects(promoteAdapter(ledger, 'demo', 1, 'a2'), {
    code: 'adapter_pending',
    message: 'Adapter a2 of round 1 is aggregating, not published.',
  });
  await publishAdapter(ledger, await attempt(ledger, 'a2'), RESULT);
  t.equal(
    (await getRound(ledger, 'demo', 1)).adapter?.id,
    'a1',
    'publishing alone does not change what is served',
  );
  const round = await promoteAdapter(ledger, 'demo', 1, 'a2');
  t.match(round, { state: 'published', adapter: { id: 'a2', current: true } });
  t.equal((await getAdapter(ledger, 'demo', 1, 'a1')).current, false);
  await promoteAdapter(ledger, 'demo', 1, 'a2');
  await assertSound(t, ledger);
});

t.test('an adapter that could not be made is not waited for', async (t) => {
  const ledger = redis.ledger();
  await published(ledger);
  await requestAdapter(ledger, 'demo', 1, { method: 'flora' });
  await failAdapter(ledger, await attempt(ledger, 'a2'), FAILURE);
  const refused = {
    code: 'adapter_failed',
    message: `Adapter a2 of round 1 could not be made. ${FAILURE.detail}`,
  };
  const score = { metric: 'loss', value: 0.5, numExamples: 1, higherIsBetter: false };
  await t.rejects(publishedAdapter(ledger, 'demo', 1, 'a2'), refused);
  await t.rejects(promoteAdapter(ledger, 'demo', 1, 'a2'), refused);
  await t.rejects(evaluateAdapter(ledger, 'demo', 1, 'a2', undefined, score), refused);
  t.equal((await publishedAdapter(ledger, 'demo', 1, 'current')).adapter.id, 'a1');
});

t.test('a published adapter is found with the folder of the attempt that made it', async (t) => {
  const ledger = redis.ledger();
  const first = await aggregating(ledger);
  await t.rejects(publishedAdapter(ledger, 'demo', 'latest', 'current'), {
    code: 'round_not_published',
    message: 'Round 1 is aggregating, so it has no adapter to serve or derive from.',
  });
  await t.rejects(publishedAdapter(ledger, 'demo', 1, 'a1'), { code: 'adapter_pending' });
  await publishAdapter(ledger, first, RESULT);
  t.match(await publishedAdapter(ledger, 'demo', 'latest', 'current'), {
    round: 1,
    adapter: { id: 'a1' },
    folder: `federations/demo/rounds/1/adapters/a1/${first.attempt}/`,
  });
  await t.rejects(publishedAdapter(ledger, 'demo', 1, 'a9'), {
    code: 'adapter_not_found',
    message: 'Round 1 has no adapter a9.',
  });
});

t.test('what does not exist is refused by name', async (t) => {
  const ledger = redis.ledger();
  await published(ledger);
  const none = { code: 'adapter_not_found', message: 'Round 1 has no adapter a2.' };
  await t.rejects(getAdapter(ledger, 'demo', 1, 'a2'), none);
  await t.rejects(promoteAdapter(ledger, 'demo', 1, 'a2'), none);
  await t.rejects(listAdapters(ledger, 'demo', 2), { code: 'round_not_found' });
  await t.rejects(requestAdapter(ledger, 'none', 1, {}), { code: 'federation_not_found' });
});

t.test('an attempt knows the base model of its round', async (t) => {
  const ledger = redis.ledger();
  const ref = await aggregating(ledger, { baseModel: 'org/base' });
  await updateFederation(ledger, 'demo', { baseModel: 'org/other' });
  t.strictSame(await presentAttempt(ledger, ref), {
    ...ref,
    aggregation: (await getAdapter(ledger, 'demo', 1, 'a1')).aggregation,
    startedAt: redis.clock.now().toISOString(),
    baseModel: 'org/base',
  });
});
