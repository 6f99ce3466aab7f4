import t from 'tap';
import { isProblem } from '../fixtures/isProblem.js';
import { makeAdapter } from '../fixtures/makeAdapter.js';
import { openFederation } from '../fixtures/openFederation.js';
import { addPiece, beginPieces, submitPieces, TUS } from '../fixtures/sendPieces.js';
import { startApi } from '../fixtures/startApi.js';
import { submit } from '../fixtures/submit.js';

const api = await startApi(t);
const made = makeAdapter();
const size = made.adapter.byteLength;
const LARGE = { rank: 12, seed: 2 };
const large = makeAdapter(LARGE).adapter.byteLength;

const patch = (federation: string, quotas: object) =>
  api.call('PATCH', `/v1/federations/${federation}`, { body: { quotas } });

t.test('bytes of a client: submissions, replacements and unfinished uploads', async (t) => {
  const quotas = { bytesPerClient: size + 1000 };
  await openFederation(api, 'bytes', ['north', 'south'], { quotas });
  t.same((await api.call('GET', '/v1/federations/bytes')).json.quotas, quotas);
  t.equal((await submit(api, 'bytes', 'north')).status, 201);
  t.equal((await submit(api, 'bytes', 'north')).status, 200, 'the same again takes no more');
  t.equal((await submit(api, 'bytes', 'north', { seed: 3 }, { query: '?replace=true' })).status, 201);
  const before = (await api.call('GET', '/v1/federations/bytes/rounds/1/submissions/north')).text;
  isProblem(t, await submit(api, 'bytes', 'north', LARGE, { query: '?replace=true' }), 'quota_exceeded');
  t.equal((await api.call('GET', '/v1/federations/bytes/rounds/1/submissions/north')).text, before);
  isProblem(t, await beginPieces(api, 'bytes', size, { query: '?client=north' }), 'quota_exceeded');

  const begun = await beginPieces(api, 'bytes', size, { query: '?client=south' });
  isProblem(t, await submit(api, 'bytes', 'south', { seed: 4 }), 'quota_exceeded', 'the upload is announced');
  const path = String(begun.headers.location);
  await addPiece(api, path, 0, made.adapter);
  const done = await submitPieces(api, '/v1/federations/bytes/rounds/1/submissions/south', path, made);
  t.equal(done.status, 201, 'it does not count twice');
  await patch('bytes', { bytesPerClient: null });
  t.equal((await submit(api, 'bytes', 'north', LARGE, { query: '?replace=true' })).status, 201, 'lifted');
});

t.test('bytes of a federation, and room that is made', async (t) => {
  await openFederation(api, 'all', ['north', 'south'], { quotas: { bytesPerFederation: size + large - 1 } });
  t.equal((await submit(api, 'all', 'north')).status, 201);
  isProblem(t, await submit(api, 'all', 'south', LARGE), 'quota_exceeded');
  await api.call('DELETE', '/v1/federations/all/rounds/1/submissions/north');
  t.equal((await submit(api, 'all', 'south', LARGE)).status, 201);
  const begun = await beginPieces(api, 'all', size - 1, { query: '?client=north' });
  t.equal(begun.status, 201);
  isProblem(t, await beginPieces(api, 'all', 1, { query: '?client=north' }), 'quota_exceeded');
  await api.call('DELETE', String(begun.headers.location), { headers: TUS });
  t.equal((await beginPieces(api, 'all', 1, { query: '?client=north' })).status, 201);
});

t.test('a length that is announced is refused before the body', async (t) => {
  const base = await api.listen();
  await openFederation(api, 'early', ['north'], { quotas: { bytesPerClient: 1_000_000 } });
  const { rawUpload } = await import('../fixtures/rawUpload.js');
  const big = makeAdapter({ rows: 4096, cols: 4096, rank: 64 });
  const path = '/v1/federations/early/rounds/1/submissions/north';
  const asked = await rawUpload(base, path, big, ['expect: 100-continue']);
  t.match(await asked.answers(/\}$/), /^HTTP\/1\.1 413 [\s\S]*quota_exceeded/);
  asked.socket.destroy();
});

t.test('requests a minute are those of one client, and tell when to ask again', async (t) => {
  const tokens = await openFederation(api, 'rate', ['north', 'south'], { quotas: { requestsPerMinute: 3 } });
  const ask = (client: string) => api.call('GET', '/v1/federations/rate', { token: tokens[client] ?? '' });
  for (let i = 0; i < 3; i++) t.equal((await ask('north')).status, 200);
  const refused = await ask('north');
  isProblem(t, refused, 'too_many_requests');
  const seconds = Number(refused.headers['retry-after']);
  t.ok(seconds >= 1 && seconds <= 20, `${seconds}`);
  t.equal((await ask('south')).status, 200);
  t.equal((await api.call('GET', '/v1/federations/rate')).status, 200, 'operators are not counted');
  await patch('rate', { requestsPerMinute: 6000 });
  await new Promise((resolve) => setTimeout(resolve, 50));
  t.equal((await ask('north')).status, 200);
});
