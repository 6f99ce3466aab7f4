import { federationFolder } from '@florist/storage/blobs/keys';
import t from 'tap';
import { isProblem } from '../fixtures/isProblem.js';
import { openFederation } from '../fixtures/openFederation.js';
import { type Answer, startApi } from '../fixtures/startApi.js';
import { submit } from '../fixtures/submit.js';

const api = await startApi(t);

const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

const countOf = (answers: Answer[], status: number) =>
  answers.filter((answer) => answer.status === status).length;

async function foldersOf(federation: string): Promise<string[]> {
  const folders = new Set<string>();
  for await (const key of api.services.blobs.list(federationFolder(federation))) {
    folders.add(key.slice(0, key.lastIndexOf('/')));
  }
  return [...folders];
}

t.test('one of many federations of a name is created', async (t) => {
  const answers = await Promise.all(
    times(10, () => api.call('POST', '/v1/federations', { body: { name: 'one' } })),
  );
  t.same([countOf(answers, 201), countOf(answers, 409)], [1, 9]);
});

t.test('a client registered many times at once has one token', async (t) => {
  await openFederation(api, 'token', []);
  const answers = await Promise.all(times(10, () => api.call('PUT', '/v1/federations/token/clients/north')));
  t.same([countOf(answers, 201), countOf(answers, 200)], [1, 9]);
  const { token } = answers.find(({ status }) => status === 201)?.json ?? {};
  t.equal((await api.call('GET', '/v1/federations/token', { token })).status, 200);
});

t.test('one of many next rounds is opened', async (t) => {
  await api.call('POST', '/v1/federations', { body: { name: 'open' } });
  const answers = await Promise.all(times(8, () => api.call('POST', '/v1/federations/open/rounds')));
  t.same([countOf(answers, 201), countOf(answers, 409)], [1, 7]);
});

t.test('of different contents at once one is accepted, and only that one is kept', async (t) => {
  await openFederation(api, 'conflict', ['north']);
  const answers = await Promise.all(times(8, (seed) => submit(api, 'conflict', 'north', { seed })));
  t.same([countOf(answers, 201), countOf(answers, 409)], [1, 7]);
  const winner = answers.find(({ status }) => status === 201)?.json;
  t.same((await api.call('GET', '/v1/federations/conflict/rounds/1/submissions/north')).json, winner);
  t.equal((await foldersOf('conflict')).length, 1);
});

t.test('the same content at once is accepted once, and everyone has the same receipt', async (t) => {
  await openFederation(api, 'same', ['north']);
  const answers = await Promise.all(times(8, () => submit(api, 'same', 'north')));
  t.same([countOf(answers, 201), countOf(answers, 200)], [1, 7]);
  t.equal(new Set(answers.map(({ text }) => text)).size, 1);
  t.equal((await foldersOf('same')).length, 1);
});

t.test('replacements at once leave exactly one content, whole', async (t) => {
  await openFederation(api, 'replace', ['north']);
  await submit(api, 'replace', 'north');
  const answers = await Promise.all(
    times(8, (i) => submit(api, 'replace', 'north', { seed: 20 + i }, { query: '?replace=true' })),
  );
  t.equal(countOf(answers, 201), 8);
  const { sha256 } = (await api.call('GET', '/v1/federations/replace/rounds/1/submissions/north')).json;
  t.ok(answers.some(({ json }) => json.sha256 === sha256));
  t.equal((await foldersOf('replace')).length, 1);
});

t.test('a round for five takes five of twelve, and closes once', async (t) => {
  const clients = times(12, (i) => `c${i}`);
  await openFederation(api, 'five', clients, { rounds: { maxSubmissions: 5 } });
  const answers = await Promise.all(clients.map((client) => submit(api, 'five', client)));
  t.same([countOf(answers, 201), countOf(answers, 409)], [5, 7]);
  const round = (await api.call('GET', '/v1/federations/five/rounds/1')).json;
  t.match(round, { state: 'aggregating', submissionCount: 5, closedBy: 'full' });
  t.equal((await foldersOf('five')).length, 5, 'those that came too late are not kept');
});

t.test('of closing and submitting at once, each submission counts or is told that it does not', async (t) => {
  const clients = times(10, (i) => `c${i}`);
  await openFederation(api, 'close', ['first', ...clients]);
  await submit(api, 'close', 'first');
  const [closes, answers] = await Promise.all([
    Promise.all(times(3, () => api.call('POST', '/v1/federations/close/rounds/1/close'))),
    Promise.all(clients.map((client) => submit(api, 'close', client))),
  ]);
  t.same([countOf(closes, 202), countOf(closes, 409)], [1, 2]);
  t.equal(countOf(answers, 201) + countOf(answers, 409), clients.length);
  const round = (await api.call('GET', '/v1/federations/close/rounds/1')).json;
  t.equal(round.submissionCount, 1 + countOf(answers, 201));
  t.equal((await foldersOf('close')).length, round.submissionCount);
});

t.test('a federation deleted under uploads keeps none of them', async (t) => {
  const clients = times(10, (i) => `c${i}`);
  await openFederation(api, 'delete', clients);
  const [deleted, answers] = await Promise.all([
    api.call('DELETE', '/v1/federations/delete'),
    Promise.all(clients.map((client) => submit(api, 'delete', client))),
  ]);
  t.equal(deleted.status, 204);
  t.ok(
    answers.every(({ status }) => [201, 404].includes(status)),
    answers.map(({ status }) => status).join(),
  );
  t.same(await foldersOf('delete'), []);
  isProblem(t, await api.call('GET', '/v1/federations/delete'), 'federation_not_found');
});

t.test('the same derivation at once is made once', async (t) => {
  const answers = await Promise.all(times(6, () => api.call('POST', '/v1/federations/one/rounds')));
  t.equal(countOf(answers, 201), 1);
  isProblem(
    t,
    await api.call('POST', '/v1/federations/one/rounds/1/adapters', { body: { aggregation: {} } }),
    'round_not_published',
  );
});
