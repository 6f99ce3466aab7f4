import t from 'tap';
import { requestAdapter } from '../../src/adapters/requestAdapter.js';
import { EVALUATIONS_TOLD_MAX, evaluateAdapter, METRICS_MAX } from '../../src/evaluations/evaluateAdapter.js';
import { listEvaluations } from '../../src/evaluations/listEvaluations.js';
import { readEvents } from '../../src/events/readEvents.js';
import { FEDERATION, published } from '../fixtures/scenes.js';
import { assertSound } from '../fixtures/soundness.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);
const LOSS = { metric: 'loss', value: 0.5, numExamples: 10, higherIsBetter: false };

t.test('one value for each reporter, adapter and metric: the latest counts', async (t) => {
  const ledger = redis.ledger();
  await published(ledger);
  const report = (client: string | undefined, change = {}) =>
    evaluateAdapter(ledger, FEDERATION, 1, 'a1', client, { ...LOSS, ...change });
  const at = redis.clock.now().toISOString();
  t.strictSame(await report('c1'), {
    ...{ adapter: 'a1', client: 'c1', metric: 'loss', value: 0.5, numExamples: 10, at },
  });
  await report('c1', { value: 0.1 + 0.2 });
  redis.clock.advance(1);
  t.equal((await report('c1', { value: 0.1 + 0.2 })).at, at, 'the same again is no news');
  await report(undefined, { value: 0.9, numExamples: 20 });
  await report('c0', { metric: 'accuracy', higherIsBetter: true });
  const { metrics, items } = await listEvaluations(ledger, FEDERATION, 1, 'a1');
  t.strictSame(
    items.map(({ metric, client, value }) => [metric, client, value]),
    [
      ['accuracy', 'c0', 0.5],
      ['loss', undefined, 0.9],
      ['loss', 'c1', 0.1 + 0.2],
    ],
  );
  t.match(metrics, [
    { metric: 'accuracy', higherIsBetter: true, mean: 0.5, numExamples: 10, evaluations: 1 },
    { metric: 'loss', higherIsBetter: false, numExamples: 30, evaluations: 2 },
  ]);
  t.ok(Math.abs((metrics[1]?.mean ?? 0) - 0.7) < 1e-12);
  const events = await readEvents(ledger, FEDERATION, '0', 100);
  t.equal(events.filter(({ event }) => event.type === 'adapter.evaluated').length, 4);
  t.match(events.at(-1)?.event, {
    round: 1,
    adapter: 'a1',
    client: 'c0',
    detail: 'accuracy 0.5 over 10 examples',
  });
  await assertSound(t, ledger);
});

t.test('a metric has one direction, and a round a bounded number of metrics', async (t) => {
  const ledger = redis.ledger();
  const policy = {
    taus: [0.9],
    waitSeconds: 9,
    minEvaluations: 1,
    metric: 'chosen-by',
    higherIsBetter: true,
  };
  await published(ledger, { candidates: { choose: 'hold', ...policy } });
  const report = (metric: string, higherIsBetter: boolean) =>
    evaluateAdapter(ledger, FEDERATION, 1, 'a1', 'c0', { ...LOSS, metric, higherIsBetter });
  for (let k = 0; k < METRICS_MAX; k++) await report(`m${k}`, false);
  await t.rejects(report('m0', true), {
    code: 'evaluation_conflict',
    message: 'Higher values of m0 are worse.',
    errors: [{ field: '/higherIsBetter', detail: 'Must be false for m0.' }],
  });
  await t.rejects(report('another', true), { code: 'metrics_too_many' });
  await t.rejects(report('chosen-by', false), { code: 'evaluation_conflict' }, 'the policy says which way');
  t.equal((await report('chosen-by', true)).metric, 'chosen-by', 'the one to choose by always has room');
});

t.test('only what is published can be evaluated', async (t) => {
  const ledger = redis.ledger();
  await published(ledger);
  const { id } = await requestAdapter(ledger, FEDERATION, 1, { method: 'flora' });
  await t.rejects(evaluateAdapter(ledger, FEDERATION, 1, id, 'c0', LOSS), { code: 'adapter_pending' });
  await t.rejects(evaluateAdapter(ledger, FEDERATION, 1, 'a9', 'c0', LOSS), { code: 'adapter_not_found' });
  await t.rejects(evaluateAdapter(ledger, FEDERATION, 2, 'a1', 'c0', LOSS), { code: 'round_not_found' });
  t.strictSame(await listEvaluations(ledger, FEDERATION, 1, 'a1'), { metrics: [], items: [] });
});

t.test('who reports over and over does not fill the history', async (t) => {
  const ledger = redis.ledger();
  await published(ledger);
  for (let value = 0; value < EVALUATIONS_TOLD_MAX + 10; value++) {
    await evaluateAdapter(ledger, FEDERATION, 1, 'a1', 'c1', { ...LOSS, value });
  }
  await evaluateAdapter(ledger, FEDERATION, 1, 'a1', 'c0', LOSS);
  const events = await readEvents(ledger, FEDERATION, '0', 1_000);
  const told = events.filter(({ event }) => event.type === 'adapter.evaluated');
  t.equal(told.length, EVALUATIONS_TOLD_MAX + 1);
  const { items } = await listEvaluations(ledger, FEDERATION, 1, 'a1');
  t.equal(items.find(({ client }) => client === 'c1')?.value, EVALUATIONS_TOLD_MAX + 9, 'the latest counts');
  await assertSound(t, ledger);
});
