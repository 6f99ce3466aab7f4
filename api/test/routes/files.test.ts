import t from 'tap';
import { isProblem } from '../fixtures/isProblem.js';
import { openFederation } from '../fixtures/openFederation.js';
import { type Published, publish } from '../fixtures/publish.js';
import { startApi } from '../fixtures/startApi.js';
import { submit } from '../fixtures/submit.js';

const api = await startApi(t);
const tokens = await openFederation(api, 'demo', ['north']);
await submit(api, 'demo', 'north');
await api.call('POST', '/v1/federations/demo/rounds/1/close');
const a1 = await publish(api, 'demo', 'a1');
const body = { aggregation: { rank: { policy: 'fixed', rank: 2 } } };
await api.call('POST', '/v1/federations/demo/rounds/1/adapters', { body });
const a2 = await publish(api, 'demo', 'a2', 11);

const MODEL = '/v1/federations/demo/rounds/1/adapter/adapter_model.safetensors';
const CONFIG = '/v1/federations/demo/rounds/latest/adapter/adapter_config.json';
const tagOf = ({ sha256 }: Published) => `"${sha256}"`;

const get = (path: string, headers: Record<string, string> = {}) => api.call('GET', path, { headers });

t.test('a client downloads what was published', async (t) => {
  const answer = await api.call('GET', MODEL, { token: tokens.north });
  t.equal(answer.status, 200);
  t.same(answer.bytes, a1.model);
  t.match(answer.headers, {
    etag: tagOf(a1),
    'accept-ranges': 'bytes',
    'content-length': String(a1.model.byteLength),
    'content-type': 'application/octet-stream',
    'cache-control': 'private, no-cache',
    'content-disposition': 'attachment; filename="adapter_model.safetensors"',
  });
  t.same((await get(CONFIG)).json, a1.config);
  t.same((await get('/v1/federations/demo/rounds/1/spectrum')).json, a1.spectrum);
});

t.test('another adapter is there by its id', async (t) => {
  t.same((await get(`${MODEL}?adapter=a2`)).bytes, a2.model);
  t.same((await get(`${CONFIG}?adapter=a2`)).json, a2.config);
  t.equal((await get(`${MODEL}?adapter=a2`)).headers.etag, tagOf(a2));
  isProblem(t, await get(`${MODEL}?adapter=a9`), 'adapter_not_found');
  isProblem(t, await get(`${MODEL}?adapter=../a1`), 'request_invalid');
  isProblem(t, await get(`${MODEL}?other=a1`), 'request_invalid');
});

t.test('HEAD tells size and tag without the file', async (t) => {
  for (const [path, bytes] of [
    [MODEL, a1.model.byteLength],
    [CONFIG, JSON.stringify(a1.config).length],
  ] as const) {
    const answer = await api.call('HEAD', path);
    t.equal(answer.status, 200);
    t.equal(answer.bytes.byteLength, 0);
    t.equal(answer.headers['content-length'], String(bytes));
    t.equal(answer.headers.etag, (await get(path)).headers.etag);
  }
  t.equal(
    (await api.call('HEAD', MODEL, { headers: { range: 'bytes=0-1' } })).status,
    200,
    'Range is for GET',
  );
});

t.test('what is unchanged is not sent again', async (t) => {
  for (const method of ['GET', 'HEAD'] as const) {
    const answer = await api.call(method, MODEL, { headers: { 'if-none-match': `"x", W/${tagOf(a1)}` } });
    t.equal(answer.status, 304);
    t.equal(answer.bytes.byteLength, 0);
    t.equal(answer.headers.etag, tagOf(a1));
  }
  t.equal((await get(MODEL, { 'if-none-match': tagOf(a2) })).status, 200);
  const { etag } = (await get(CONFIG)).headers;
  t.equal((await get(CONFIG, { 'if-none-match': String(etag) })).status, 304);
});

t.test('a range is sent alone', async (t) => {
  const total = a1.model.byteLength;
  const cases: [string, number, number][] = [
    ['bytes=0-0', 0, 1],
    ['bytes=10-19', 10, 20],
    [`bytes=${total - 5}-`, total - 5, total],
    ['bytes=-7', total - 7, total],
    ['bytes=0-999999999', 0, total],
  ];
  for (const [range, begin, end] of cases) {
    const answer = await get(MODEL, { range });
    t.equal(answer.status, 206, range);
    t.same(answer.bytes, a1.model.subarray(begin, end), range);
    t.equal(answer.headers['content-range'], `bytes ${begin}-${end - 1}/${total}`);
    t.equal(answer.headers['content-length'], String(end - begin));
  }
  const config = Buffer.from(JSON.stringify(a1.config));
  t.same((await get(CONFIG, { range: 'bytes=2-5' })).bytes, config.subarray(2, 6));
});

t.test('an interrupted download goes on only while the file is the same', async (t) => {
  const range = 'bytes=100-';
  t.equal((await get(MODEL, { range, 'if-range': tagOf(a1) })).status, 206);
  const changed = await get(MODEL, { range, 'if-range': tagOf(a2) });
  t.equal(changed.status, 200);
  t.same(changed.bytes, a1.model);
  t.equal((await get(MODEL, { range, 'if-range': `W/${tagOf(a1)}` })).status, 200, 'a weak tag does not do');
  t.equal((await get(MODEL, { range, 'if-range': 'Sun, 22 Nov 2026 00:00:00 GMT' })).status, 200);
});

t.test('a range outside the file is refused with its size', async (t) => {
  const total = a1.model.byteLength;
  for (const range of [`bytes=${total}-`, `bytes=${total + 5}-${total + 9}`, 'bytes=-0']) {
    const answer = await get(MODEL, { range });
    isProblem(t, answer, 'range_not_satisfiable', range);
    t.equal(answer.headers['content-range'], `bytes */${total}`);
  }
  t.equal((await get(MODEL, { range: 'bytes=0-1,5-6' })).status, 200, 'several at once are not offered');
});

t.test('pieces fetched one after the other make the file', async (t) => {
  const pieces: Buffer[] = [];
  for (let begin = 0; begin < a1.model.byteLength; begin += 97) {
    pieces.push((await get(MODEL, { range: `bytes=${begin}-${begin + 96}` })).bytes);
  }
  t.same(Buffer.concat(pieces), a1.model);
});
