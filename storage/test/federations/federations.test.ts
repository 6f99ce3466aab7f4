import t from 'tap';
import { registerClient } from '../../src/clients/registerClient.js';
import { createFederation } from '../../src/federations/createFederation.js';
import { getFederation } from '../../src/federations/getFederation.js';
import { listFederations } from '../../src/federations/listFederations.js';
import { updateFederation } from '../../src/federations/updateFederation.js';
import { openRound } from '../../src/rounds/openRound.js';
import { assertSound } from '../fixtures/soundness.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);

t.test('a federation takes the documented defaults', async (t) => {
  const ledger = redis.ledger();
  const federation = await createFederation(ledger, { name: 'demo' });
  t.strictSame(federation, {
    name: 'demo',
    aggregation: {
      method: 'florist',
      rank: { policy: 'energy', tau: 0.9 },
      dtype: 'F32',
      missingModules: 'reject',
    },
    rounds: { minSubmissions: 1 },
    retention: {},
    quotas: {},
    createdAt: '2026-01-02T03:04:05.678Z',
    clientCount: 0,
  });
  t.strictSame(await getFederation(ledger, 'demo'), federation);
});

t.test('keeps what it is given, to the last digit', async (t) => {
  const ledger = redis.ledger();
  const created = await createFederation(ledger, {
    name: 'demo',
    baseModel: 'org/Модель "7B" \ud83c\udf38 \ud800',
    aggregation: { rank: { policy: 'budget', bytes: Number.MAX_SAFE_INTEGER }, dtype: 'BF16' },
    rounds: { minSubmissions: 3, maxSubmissions: 100_000, deadlineSeconds: 31_536_000 },
  });
  t.equal(created.baseModel, 'org/Модель "7B" \ud83c\udf38 \ufffd', 'half a pair cannot be kept');
  t.strictSame(created.aggregation.rank, { policy: 'budget', bytes: Number.MAX_SAFE_INTEGER });
  t.strictSame(created.rounds, { minSubmissions: 3, maxSubmissions: 100_000, deadlineSeconds: 31_536_000 });
  const tau = 0.1 + 0.2;
  const updated = await updateFederation(ledger, 'demo', {
    aggregation: { rank: { policy: 'energy', tau } },
  });
  t.strictSame(updated.aggregation, { ...created.aggregation, rank: { policy: 'energy', tau } });
});

t.test('a name is taken once, however many ask for it', async (t) => {
  const ledger = redis.ledger();
  for (let index = 0; index < 20; index++) {
    const name = `f${index}`;
    const tries = await Promise.allSettled(
      redis
        .connections(ledger, 1)
        .concat(Array(9).fill(ledger))
        .map((each) => createFederation(each, { name })),
    );
    const failed = tries.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
    t.strictSame(failed, Array(9).fill('federation_exists'));
  }
  await assertSound(t, ledger);
});

t.test('refuses a name that is no slug', async (t) => {
  const ledger = redis.ledger();
  for (const name of ['', 'A', '-a', 'a{b}', 'a/b', 'a'.repeat(64), 'a\n']) {
    await t.rejects(createFederation(ledger, { name }), { code: 'request_invalid' }, JSON.stringify(name));
    await t.rejects(getFederation(ledger, name), { code: 'federation_not_found' }, JSON.stringify(name));
  }
  t.strictSame(await redis.redis.keys(`${ledger.prefix}*`), []);
});

t.test('refuses limits that contradict each other, also when a patch makes them so', async (t) => {
  const ledger = redis.ledger();
  await t.rejects(
    createFederation(ledger, { name: 'demo', rounds: { minSubmissions: 3, maxSubmissions: 2 } }),
    {
      code: 'request_invalid',
      errors: [
        { field: '/rounds/maxSubmissions', detail: 'maxSubmissions is 2, below minSubmissions, which is 3.' },
      ],
    },
  );
  await createFederation(ledger, { name: 'demo', rounds: { minSubmissions: 3, maxSubmissions: 3 } });
  await t.rejects(updateFederation(ledger, 'demo', { rounds: { minSubmissions: 4 } }), {
    code: 'request_invalid',
  });
  t.strictSame((await getFederation(ledger, 'demo')).rounds, { minSubmissions: 3, maxSubmissions: 3 });
  const open = await updateFederation(ledger, 'demo', {
    rounds: { minSubmissions: 4, maxSubmissions: null },
  });
  t.strictSame(open.rounds, { minSubmissions: 4 });
});

t.test('null takes the base model away', async (t) => {
  const ledger = redis.ledger();
  await createFederation(ledger, { name: 'demo', baseModel: 'org/base' });
  t.equal((await updateFederation(ledger, 'demo', { rounds: { minSubmissions: 2 } })).baseModel, 'org/base');
  t.notOk('baseModel' in (await updateFederation(ledger, 'demo', { baseModel: null })));
  t.notOk('baseModel' in (await getFederation(ledger, 'demo')));
  await assertSound(t, ledger);
});

t.test('two patches at once both take effect', async (t) => {
  const ledger = redis.ledger();
  const connections = redis.connections(ledger, 4);
  await createFederation(ledger, { name: 'demo' });
  for (let value = 1; value <= 25; value++) {
    await Promise.all([
      updateFederation(connections[0] ?? ledger, 'demo', { baseModel: `model ${value}` }),
      updateFederation(connections[1] ?? ledger, 'demo', { rounds: { minSubmissions: value } }),
      updateFederation(connections[2] ?? ledger, 'demo', { rounds: { deadlineSeconds: value } }),
      updateFederation(connections[3] ?? ledger, 'demo', {
        aggregation: { rank: { policy: 'fixed', rank: value } },
      }),
    ]);
    t.match(await getFederation(ledger, 'demo'), {
      baseModel: `model ${value}`,
      rounds: { minSubmissions: value, deadlineSeconds: value },
      aggregation: { rank: { policy: 'fixed', rank: value } },
    });
  }
});

t.test('counts its clients and names its latest round', async (t) => {
  const ledger = redis.ledger();
  await createFederation(ledger, { name: 'demo' });
  await registerClient(ledger, 'demo', 'a');
  await registerClient(ledger, 'demo', 'b');
  await openRound(ledger, 'demo');
  t.match(await getFederation(ledger, 'demo'), {
    clientCount: 2,
    latestRound: { number: 1, state: 'collecting' },
  });
});

t.test('an unknown federation is refused by name', async (t) => {
  const ledger = redis.ledger();
  const refused = { code: 'federation_not_found', message: 'There is no federation none.' };
  await t.rejects(getFederation(ledger, 'none'), refused);
  await t.rejects(updateFederation(ledger, 'none', { baseModel: 'x' }), refused);
  t.strictSame(await redis.redis.keys(`${ledger.prefix}*`), []);
});

t.test('lists a thousand in name order, in pages, quickly', async (t) => {
  const ledger = redis.ledger();
  const names = Array.from({ length: 1000 }, (_, index) => `f-${index}`).sort();
  await Promise.all(names.map((name) => createFederation(ledger, { name })));
  const began = performance.now();
  const whole = await listFederations(ledger, { limit: 1000 });
  t.comment(`1,000 federations in ${(performance.now() - began).toFixed(0)} ms`);
  t.strictSame(
    whole.items.map(({ name }) => name),
    names,
  );
  t.equal(whole.nextCursor, undefined);

  const seen: string[] = [];
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const page = await listFederations(
      ledger,
      cursor === undefined ? { limit: 300 } : { limit: 300, cursor },
    );
    t.ok(page.items.length <= 300);
    seen.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor;
  }
  t.strictSame(seen, names);
});
