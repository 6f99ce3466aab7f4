import { listAdapters } from '@florist/storage/adapters/listAdapters';
import { evaluateAdapter } from '@florist/storage/evaluations/evaluateAdapter';
import { readEvents } from '@florist/storage/events/readEvents';
import t from 'tap';
import {
  aggregate,
  collect,
  goldenUploads,
  roundWhen,
  type Service,
  startService,
} from '../fixtures/service.js';
import { startWorkerProcess } from '../fixtures/workerProcess.js';

t.setTimeout(60_000);
const service: Service = await startService(t);
// two workers sweep
await startWorkerProcess(t, service.env);
await startWorkerProcess(t, service.env);

t.test('a round makes its candidates, and serves the one that scores best', async (t) => {
  const { ledger } = service;
  await collect(
    service,
    'choosing',
    await goldenUploads('homogeneous'),
    {},
    {},
    {
      ...{ choose: 'best', taus: [0.8, 0.99], metric: 'accuracy', higherIsBetter: true },
      ...{ waitSeconds: 3600, minEvaluations: 1 },
    },
  );
  await aggregate(service, 'choosing');
  const made = await roundWhen(service, 'choosing', ({ choice }) => choice?.closesAt !== undefined);
  t.equal(made.adapter?.id, 'a1', 'which is served until there is evidence');
  const adapters = await listAdapters(ledger, 'choosing', 1);
  t.strictSame(
    adapters.map(({ state }) => state),
    ['published', 'published', 'published'],
  );
  const [first = 0, low = 0, high = 0] = adapters.map(({ result }) => result?.totalRank);
  t.ok(low < first && first < high, 'ranks grow with τ');
  for (const [id, value] of Object.entries({ a2: 0.7, a3: 0.8 })) {
    const evaluation = { metric: 'accuracy', value, numExamples: 10, higherIsBetter: true };
    await evaluateAdapter(ledger, 'choosing', 1, id, 'client-0', evaluation);
  }
  const chosen = await roundWhen(service, 'choosing', ({ choice }) => choice?.state === 'chosen');
  t.equal(chosen.adapter?.id, 'a3');
  const events = await readEvents(ledger, 'choosing', '0', 1000);
  t.equal(events.filter(({ event }) => event.type === 'adapter.chosen').length, 1);
});
