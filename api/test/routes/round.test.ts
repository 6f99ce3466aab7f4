import { federationFolder } from '@florist/storage/blobs/keys';
import t from 'tap';
import { isProblem } from '../fixtures/isProblem.js';
import { openFederation } from '../fixtures/openFederation.js';
import { publish } from '../fixtures/publish.js';
import { type Api, startApi } from '../fixtures/startApi.js';
import { submit } from '../fixtures/submit.js';

/** Adapter, config, what was offered, and the receipt. */
const SUBMISSION_FILES = 4;

const api = await startApi(t);

async function blobsOf({ services }: Api, federation: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of services.blobs.list(federationFolder(federation))) {
    keys.push(key);
  }
  return keys;
}

t.test('a round from opening to its second adapter', async (t) => {
  const rounds = { minSubmissions: 2 };
  const tokens = await openFederation(api, 'whole', ['north', 'south'], { baseModel: 'tiny', rounds });
  const north = await submit(api, 'whole', 'north', { numExamples: 120 }, { token: tokens.north });
  t.equal(north.status, 201);
  t.match(north.json, {
    client: 'north',
    round: 1,
    numExamples: 120,
    modules: 2,
    rank: 4,
    sha256: /^[0-9a-f]{64}$/,
  });
  isProblem(t, await api.call('POST', '/v1/federations/whole/rounds/1/close'), 'round_too_few_submissions');
  t.equal(
    (await submit(api, 'whole', 'south', { rank: 8, dtype: 'BF16' })).status,
    201,
    'an operator may submit for it',
  );

  const list = await api.call('GET', '/v1/federations/whole/rounds/latest/submissions');
  t.same(
    list.json.items.map(({ client }: { client: string }) => client),
    ['north', 'south'],
  );
  t.same((await api.call('GET', '/v1/federations/whole/rounds/1/submissions/north')).json, north.json);
  isProblem(t, await api.call('POST', '/v1/federations/whole/rounds'), 'round_open');

  const closed = await api.call('POST', '/v1/federations/whole/rounds/latest/close');
  t.equal(closed.status, 202);
  t.match(closed.json, { number: 1, state: 'aggregating', closedBy: 'operator', adapter: { id: 'a1' } });
  isProblem(
    t,
    await submit(api, 'whole', 'south', { seed: 9 }, { query: '?replace=true' }),
    'round_not_collecting',
  );
  const repeated = await submit(api, 'whole', 'north', { numExamples: 120 });
  t.equal(repeated.status, 200, 'a client that missed the answer may still ask for its receipt');
  t.same(repeated.json, north.json);
  isProblem(
    t,
    await api.call('DELETE', '/v1/federations/whole/rounds/1/submissions/north'),
    'round_not_collecting',
  );
  isProblem(t, await api.call('GET', '/v1/federations/whole/rounds/1/spectrum'), 'round_not_published');
  isProblem(t, await api.call('DELETE', '/v1/federations/whole'), 'federation_busy');

  await publish(api, 'whole', 'a1');
  const round = await api.call('GET', '/v1/federations/whole/rounds/latest');
  t.match(round.json, {
    state: 'published',
    waitingFor: [],
    adapter: { id: 'a1', current: true, result: { totalRank: 4 } },
  });
  isProblem(t, await api.call('POST', '/v1/federations/whole/rounds/1/retry'), 'round_not_failed');
  isProblem(t, await api.call('POST', '/v1/federations/whole/rounds/1/cancel'), 'round_not_cancellable');

  const derive = { aggregation: { rank: { policy: 'energy', tau: 0.99 } } };
  const derived = await api.call('POST', '/v1/federations/whole/rounds/1/adapters', { body: derive });
  t.equal(derived.status, 202);
  t.match(derived.json, {
    id: 'a2',
    state: 'aggregating',
    current: false,
    aggregation: { method: 'florist', ...derive.aggregation },
  });
  isProblem(
    t,
    await api.call('POST', '/v1/federations/whole/rounds/1/adapters', { body: derive }),
    'adapter_exists',
  );
  isProblem(
    t,
    await api.call('POST', '/v1/federations/whole/rounds/1/adapters/a2/promote'),
    'adapter_pending',
  );
  isProblem(
    t,
    await api.call('GET', '/v1/federations/whole/rounds/1/spectrum?adapter=a2'),
    'adapter_pending',
  );
  await publish(api, 'whole', 'a2', 8);
  const promoted = await api.call('POST', '/v1/federations/whole/rounds/1/adapters/a2/promote');
  t.match(promoted.json, { number: 1, adapter: { id: 'a2', current: true } });
  const { json } = await api.call('GET', '/v1/federations/whole/rounds/1/adapters');
  t.same(
    json.items.map(({ id, current }: { id: string; current: boolean }) => [id, current]),
    [
      ['a1', false],
      ['a2', true],
    ],
  );

  t.equal((await api.call('POST', '/v1/federations/whole/rounds')).json.number, 2);
  t.match((await api.call('GET', '/v1/federations/whole/rounds?limit=1')).json, {
    items: [{ number: 2 }],
    nextCursor: /./,
  });
});

t.test('other content needs ?replace=true, and takes the place of what was there', async (t) => {
  await openFederation(api, 'replace', ['north']);
  await submit(api, 'replace', 'north', { seed: 1 });
  isProblem(t, await submit(api, 'replace', 'north', { seed: 2 }), 'submission_conflict');
  isProblem(
    t,
    await submit(api, 'replace', 'north', { seed: 1, numExamples: 7 }),
    'submission_conflict',
    'other weight',
  );
  isProblem(
    t,
    await submit(api, 'replace', 'north', { seed: 1, config: { lora_alpha: 1 } }),
    'submission_conflict',
  );
  const before = await blobsOf(api, 'replace');
  t.equal(before.length, SUBMISSION_FILES, 'refused content is not kept');
  const replaced = await submit(api, 'replace', 'north', { seed: 2 }, { query: '?replace=true' });
  t.equal(replaced.status, 201);
  const after = await blobsOf(api, 'replace');
  t.equal(after.length, SUBMISSION_FILES, 'replaced content is not kept');
  t.notOk(after.some((key) => before.includes(key)));
  t.match((await api.call('GET', '/v1/federations/replace/rounds/1')).json, { submissionCount: 1 });
});

t.test('the order of a config’s fields makes no other content', async (t) => {
  await openFederation(api, 'order', ['north']);
  t.equal((await submit(api, 'order', 'north', { config: { bias: 'none', use_dora: false } })).status, 201);
  t.equal((await submit(api, 'order', 'north', { config: { use_dora: false, bias: 'none' } })).status, 200);
});

t.test('a withdrawn submission is gone, and may come again', async (t) => {
  const { north } = await openFederation(api, 'withdraw', ['north']);
  await submit(api, 'withdraw', 'north', {}, { token: north });
  const path = '/v1/federations/withdraw/rounds/1/submissions/north';
  t.equal((await api.call('DELETE', path, { token: north })).status, 204);
  t.same(await blobsOf(api, 'withdraw'), []);
  isProblem(t, await api.call('GET', path), 'submission_not_found');
  isProblem(t, await api.call('DELETE', path), 'submission_not_found');
  t.equal(
    (await submit(api, 'withdraw', 'north', { rows: 99 })).status,
    201,
    'other shapes too: nothing else is pinned',
  );
});

t.test('a full round closes itself', async (t) => {
  await openFederation(api, 'full', ['north', 'south'], { rounds: { maxSubmissions: 2 } });
  await submit(api, 'full', 'north');
  t.match((await api.call('GET', '/v1/federations/full/rounds/1')).json, { state: 'collecting' });
  await submit(api, 'full', 'south');
  t.match((await api.call('GET', '/v1/federations/full/rounds/1')).json, {
    state: 'aggregating',
    closedBy: 'full',
  });
  t.equal((await api.call('POST', '/v1/federations/full/rounds/1/cancel')).json.state, 'cancelled');
});

t.test('closing queues the aggregation', async (t) => {
  await openFederation(api, 'queued', ['north']);
  await submit(api, 'queued', 'north');
  await api.call('POST', '/v1/federations/queued/rounds/1/close');
  const jobs = await api.services.queues.aggregate.getJobs();
  t.ok(
    jobs.some((job) => String(job?.id).startsWith('queued.1.a1.')),
    'under its deterministic name',
  );
});
