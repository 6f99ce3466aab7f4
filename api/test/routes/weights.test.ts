import { failAdapter } from '@florist/storage/adapters/failAdapter';
import { adapterFolder, WEIGHTS_FILE } from '@florist/storage/blobs/keys';
import { listPending } from '@florist/storage/rounds/listPending';
import t from 'tap';
import { isProblem } from '../fixtures/isProblem.js';
import { openFederation } from '../fixtures/openFederation.js';
import { VIEWER_TOKEN } from '../fixtures/openServices.js';
import { publish } from '../fixtures/publish.js';
import { type Api, startApi } from '../fixtures/startApi.js';
import { submit } from '../fixtures/submit.js';

const ROBUST = { by: 'uniform', maxShare: 0.5, robust: { multiKrum: { faulty: 1 } } };

async function attemptOf({ services }: Api, federation: string) {
  const { aggregating } = await listPending(services.ledger);
  const ref = aggregating.find((pending) => pending.federation === federation);
  if (ref === undefined) throw new Error(`${federation} aggregates nothing`);
  return ref;
}

t.test('a weighting is part of the aggregation and kept as it was given', async (t) => {
  const api = await startApi(t);
  const created = await api.call('POST', '/v1/federations', {
    body: { name: 'careful', aggregation: { weighting: ROBUST } },
  });
  t.equal(created.status, 201);
  t.strictSame(created.json.aggregation.weighting, ROBUST);
  const patched = await api.call('PATCH', '/v1/federations/careful', {
    body: { aggregation: { weighting: { by: 'examples' } } },
  });
  t.strictSame(patched.json.aggregation.weighting, { by: 'examples' }, 'it is replaced as a whole');

  const wrong = [
    {},
    { by: 'hearsay' },
    { by: 'uniform', maxShare: 0 },
    { by: 'uniform', maxShare: 1.5 },
    { by: 'uniform', robust: {} },
    { by: 'uniform', robust: { clip: {} } },
    { by: 'uniform', robust: { clip: { norm: 0 } } },
    { by: 'uniform', robust: { clip: { timesMedian: -1 } } },
    { by: 'uniform', robust: { clip: { norm: 1, timesMedian: 1 } } },
    { by: 'uniform', robust: { dropCosine: { below: 2 } } },
    { by: 'uniform', robust: { multiKrum: { faulty: 0 } } },
    { by: 'uniform', robust: { multiKrum: { faulty: 1, keep: 0 } } },
    { by: 'uniform', robust: { trust: 'all' } },
  ];
  for (const weighting of wrong) {
    const answer = await api.call('PATCH', '/v1/federations/careful', {
      body: { aggregation: { weighting } },
    });
    isProblem(t, answer, 'request_invalid');
    t.match(answer.json.errors[0].field, /^\/aggregation\/weighting/);
  }
});

t.test('weights are served to who may read them', async (t) => {
  const api = await startApi(t);
  const tokens = await openFederation(api, 'careful', ['a', 'b'], { aggregation: { weighting: ROBUST } });
  for (const client of ['a', 'b']) await submit(api, 'careful', client, {}, { token: tokens[client] ?? '' });
  await api.call('POST', '/v1/federations/careful/rounds/1/close');
  const path = '/v1/federations/careful/rounds/1/weights';
  isProblem(t, await api.call('GET', path), 'round_not_published');
  const ref = await attemptOf(api, 'careful');
  const weights = { weighting: ROBUST, clients: [] };
  await api.services.blobs.write(adapterFolder(ref) + WEIGHTS_FILE, Buffer.from(JSON.stringify(weights)));
  await publish(api, 'careful', 'a1');
  t.strictSame((await api.call('GET', path, { token: VIEWER_TOKEN })).json, weights);
  t.strictSame((await api.call('GET', `${path}?adapter=a1`)).json, weights);
  isProblem(t, await api.call('GET', path, { token: tokens.a ?? '' }), 'role_insufficient');
  isProblem(t, await api.call('GET', `${path}?adapter=a2`), 'adapter_not_found');
});

t.test('a retry may change the aggregation that was the cause, or nothing', async (t) => {
  const api = await startApi(t);
  const tokens = await openFederation(api, 'careful', ['a'], { aggregation: { weighting: ROBUST } });
  await submit(api, 'careful', 'a', {}, { token: tokens.a ?? '' });
  await api.call('POST', '/v1/federations/careful/rounds/1/close');
  const fail = async () =>
    failAdapter(api.services.ledger, await attemptOf(api, 'careful'), {
      code: 'clients_too_few',
      detail: 'Few.',
    });
  const path = '/v1/federations/careful/rounds/1/retry';
  await fail();
  isProblem(t, await api.call('POST', path, { body: { weighting: ROBUST } }), 'request_invalid');
  const same = await api.call('POST', path);
  t.equal(same.status, 202);
  t.strictSame(same.json.adapter.aggregation.weighting, ROBUST);
  await fail();
  const other = await api.call('POST', path, { body: { aggregation: { weighting: { by: 'uniform' } } } });
  t.strictSame(other.json.adapter.aggregation.weighting, { by: 'uniform' });
  t.equal(other.json.state, 'aggregating');
});
