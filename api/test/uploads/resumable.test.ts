import { createHash } from 'node:crypto';
import { federationFolder, uploadsFolder } from '@florist/storage/blobs/keys';
import t from 'tap';
import { Upload } from 'tus-js-client';
import { badLine } from '../fixtures/badLine.js';
import { encodeForm, submissionParts } from '../fixtures/encodeForm.js';
import { eventually } from '../fixtures/eventually.js';
import { isProblem } from '../fixtures/isProblem.js';
import { makeAdapter } from '../fixtures/makeAdapter.js';
import { openFederation } from '../fixtures/openFederation.js';
import { VIEWER_TOKEN } from '../fixtures/openServices.js';
import { addPiece, beginPieces, offsetOf, submitPieces, TUS } from '../fixtures/sendPieces.js';
import { startApi } from '../fixtures/startApi.js';
import { submit, submitForm } from '../fixtures/submit.js';

const api = await startApi(t);
const base = await api.listen();
const tokens = await openFederation(api, 'demo', ['north', 'south', 'east']);
const north = { token: tokens.north ?? '' };
const made = makeAdapter();
const bytes = made.adapter.byteLength;

const submissionOf = (client: string) => `/v1/federations/demo/rounds/1/submissions/${client}`;

async function begun(client = 'north'): Promise<string> {
  const { status, headers, text } = await beginPieces(api, 'demo', bytes, { query: `?client=${client}` });
  if (status !== 201) throw new Error(text);
  return String(headers.location);
}

async function pieces(): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of api.services.blobs.list(uploadsFolder('demo'))) keys.push(key);
  return keys;
}

t.test('a client of the protocol goes on where a bad line broke off, and gets its receipt', async (t) => {
  const big = makeAdapter({ rows: 4096, cols: 4096, rank: 160 });
  const own = await openFederation(api, 'far', ['north']);
  const line = await badLine(t, base, 5 << 20, 3);
  const headers = { authorization: `Bearer ${own.north}` };
  const url = await new Promise<string | null>((resolve, reject) => {
    const upload = new Upload(big.adapter, {
      endpoint: `${line.base}/v1/federations/far/uploads?round=1`,
      headers,
      metadata: { filename: 'adapter_model.safetensors' },
      retryDelays: [0, 0, 0, 0, 0],
      onError: reject,
      onSuccess: () => resolve(upload.url),
    });
    upload.start();
  });
  t.equal(line.breaks(), 3, 'the line broke three times');
  const participants = await api.call('GET', '/v1/federations/far/rounds/1/participants');
  t.match(participants.json.items[0], { state: 'uploading', submitted: false });
  t.equal((await api.call('GET', '/v1/federations/far/rounds/1/submissions')).json.items.length, 0);
  const path = new URL(url ?? '').pathname;
  const submission = '/v1/federations/far/rounds/1/submissions/north';
  const receipt = await submitPieces(api, submission, path, big, { token: own.north ?? '' });
  t.equal(receipt.status, 201, receipt.text);
  t.match(receipt.json, {
    bytes: big.adapter.byteLength,
    sha256: createHash('sha256').update(big.adapter).digest('hex'),
  });
  for await (const key of api.services.blobs.list(uploadsFolder('far'))) t.fail(`${key} is left`);
});

t.test('an upload by hand: begin, add, ask, add, submit', async (t) => {
  const announced = { 'upload-metadata': 'filename YQ==' };
  const begin = await beginPieces(api, 'demo', bytes, { ...north, headers: announced });
  t.match(begin, { status: 201, headers: { 'tus-resumable': '1.0.0', 'upload-offset': '0' } });
  t.ok(Date.parse(String(begin.headers['upload-expires'])) > Date.now() + 3_600_000);
  const path = String(begin.headers.location);
  const first = await addPiece(api, path, 0, made.adapter.subarray(0, 100), north);
  t.match(first, { status: 204, headers: { 'upload-offset': '100', 'tus-resumable': '1.0.0' } });
  const seen = await api.call('HEAD', path, { ...north, headers: TUS });
  t.match(seen.headers, {
    ...{ 'upload-offset': '100', 'upload-length': String(bytes), 'cache-control': 'no-store' },
    ...announced,
  });
  isProblem(t, await submitPieces(api, submissionOf('north'), path, made, north), 'upload_incomplete');
  t.equal((await addPiece(api, path, 100, made.adapter.subarray(100), north)).status, 204);
  isProblem(t, await submitPieces(api, submissionOf('south'), path, made), 'upload_not_found');
  const receipt = await submitPieces(api, submissionOf('north'), path, made, north);
  t.equal(receipt.status, 201, receipt.text);
  t.same(await pieces(), [], 'it lies in the submission now');

  const again = await submitPieces(api, submissionOf('north'), path, made, north);
  t.match(again, { status: 200, json: receipt.json }, 'an answer that was lost is had again');
  const plain = await submit(api, 'demo', 'north');
  t.match(plain, { status: 200, json: receipt.json }, 'and it is the same as sent in one');
});

t.test('repeated before the first has been answered, a submission gets the same receipt', async (t) => {
  await openFederation(api, 'twice', ['north']);
  const large = makeAdapter({ rows: 512, cols: 512, rank: 64 });
  const { byteLength } = large.adapter;
  const begin = await beginPieces(api, 'twice', byteLength, { query: '?client=north' });
  const path = String(begin.headers.location);
  const STEP = 1_024;
  for (let at = 0; at < byteLength; at += STEP) {
    t.match(await addPiece(api, path, at, large.adapter.subarray(at, at + STEP)), { status: 204 });
  }
  const to = '/v1/federations/twice/rounds/1/submissions/north';
  const sent = Array.from({ length: 15 }, async (_, index) => {
    await new Promise((resolve) => setTimeout(resolve, 20 * index));
    return submitPieces(api, to, path, large);
  });
  const answers = await Promise.all(sent);
  t.equal(answers.filter(({ status }) => status === 201).length, 1, 'it counts once');
  for (const { status, text } of answers) t.ok(status === 200 || status === 201, text);
});

t.test('the rules of a submission hold: conflict, replace, one adapter only', async (t) => {
  await submit(api, 'demo', 'south', { seed: 3 });
  const path = await begun('south');
  await addPiece(api, path, 0, made.adapter);
  isProblem(t, await submitPieces(api, submissionOf('south'), path, made), 'submission_conflict');
  const both = encodeForm([...submissionParts(made), { name: 'upload', content: `u${'0'.repeat(32)}` }]);
  isProblem(t, await submitForm(api, submissionOf('south'), both), 'request_invalid');
  const none = encodeForm(submissionParts(made).slice(0, 2));
  isProblem(t, await submitForm(api, submissionOf('south'), none), 'submission_incomplete');
  const odd = encodeForm([...submissionParts(made).slice(0, 2), { name: 'upload', content: '../etc' }]);
  isProblem(t, await submitForm(api, submissionOf('south'), odd), 'request_invalid');
  const replaced = await submitPieces(api, `${submissionOf('south')}?replace=true`, path, made);
  t.equal(replaced.status, 201, replaced.text);
  t.equal(await offsetOf(api, path), bytes, 'what was submitted can still be asked about');
  t.equal((await api.call('DELETE', path, { headers: TUS })).status, 204);
  t.equal((await api.call('GET', submissionOf('south'))).json.sha256, replaced.json.sha256, 'and stays');
  isProblem(t, await submitPieces(api, submissionOf('south'), path, made), 'upload_not_found');
});

t.test('bad content is refused as it comes, and when it is submitted', async (t) => {
  const bad = Buffer.from(made.adapter);
  bad.writeUInt32LE(0x7fc00000, 8 + Number(bad.readBigUInt64LE(0)));
  const path = await begun('east');
  isProblem(t, await addPiece(api, path, 0, bad), 'tensor_not_finite');
  const late = await begun('east');
  await addPiece(api, late, 0, bad.subarray(0, 9));
  t.equal((await addPiece(api, late, 9, bad.subarray(9))).status, 204);
  isProblem(t, await submitPieces(api, submissionOf('east'), late, made), 'tensor_not_finite');
  for (const one of [path, late]) await api.call('DELETE', one, { headers: TUS });
  t.same(await pieces(), [], 'what was given up is gone');
});

t.test('offsets, lengths, versions and checksums are held to', async (t) => {
  const path = await begun();
  isProblem(t, await addPiece(api, path, 5, made.adapter), 'upload_offset_mismatch');
  const longer = Buffer.concat([made.adapter, Buffer.alloc(1)]);
  isProblem(t, await addPiece(api, path, 0, longer), 'request_too_large');
  t.equal((await api.call('HEAD', path.slice(0, -3), { headers: TUS })).status, 400);
  isProblem(t, await addPiece(api, `${path.slice(0, -3)}000`, 0, made.adapter), 'upload_not_found');
  const old = await addPiece(api, path, 0, made.adapter, { headers: { 'tus-resumable': '0.2.2' } });
  isProblem(t, old, 'tus_version_unsupported');
  t.match(old.headers, { 'tus-version': '1.0.0' });
  const typed = { headers: { 'content-type': 'application/json' } };
  isProblem(t, await addPiece(api, path, 0, Buffer.from('{}'), typed), 'media_type_unsupported');
  const nothing = await beginPieces(api, 'demo', 0, { ...north, headers: { 'upload-length': '-1' } });
  isProblem(t, nothing, 'request_invalid');
  isProblem(t, await beginPieces(api, 'demo', 9 * 1024 ** 3, north), 'safetensors_too_large');

  const half = made.adapter.subarray(0, 500);
  const digest = createHash('sha1').update(half).digest('base64');
  const right = { headers: { 'upload-checksum': `sha1 ${digest}` } };
  isProblem(t, await addPiece(api, path, 0, made.adapter.subarray(0, 499), right), 'checksum_mismatch');
  t.equal(await offsetOf(api, path), 0, 'nothing of it counts');
  t.equal((await addPiece(api, path, 0, half, right)).status, 204);
  const unknown = { headers: { 'upload-checksum': 'crc32 AAAA' } };
  isProblem(t, await addPiece(api, path, 500, half, unknown), 'request_invalid');
  await api.call('DELETE', path, { headers: TUS });
});

t.test('everybody has their own, and not too many', async (t) => {
  const path = await begun();
  const south = { token: tokens.south ?? '' };
  isProblem(t, await addPiece(api, path, 0, made.adapter, south), 'upload_not_found');
  isProblem(t, await beginPieces(api, 'demo', 1, { ...south, query: '?client=north' }), 'role_insufficient');
  isProblem(t, await beginPieces(api, 'demo', 1, { token: VIEWER_TOKEN }), 'role_insufficient');
  isProblem(t, await beginPieces(api, 'demo', 1), 'request_invalid');
  isProblem(t, await beginPieces(api, 'demo', 1, { query: '?client=nobody' }), 'client_not_found');
  isProblem(t, await beginPieces(api, 'demo', 1, { ...south, query: '?round=7' }), 'round_not_found');
  const mine = [path];
  while (mine.length < 8) mine.push(await begun());
  isProblem(t, await beginPieces(api, 'demo', 1, north), 'uploads_too_many');
  for (const one of mine) await api.call('DELETE', one, { headers: TUS });
});

t.test('a second request takes over, whichever replica it reaches', async (t) => {
  const path = await begun();
  const hold = new AbortController();
  let send: (chunk: Uint8Array) => void = () => undefined;
  const slow = fetch(base + path, {
    method: 'PATCH',
    headers: {
      ...{ ...TUS, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
      authorization: `Bearer ${tokens.north}`,
    },
    body: new ReadableStream({ start: (control) => (send = (chunk) => control.enqueue(chunk)) }),
    duplex: 'half',
    signal: hold.signal,
  }).catch(() => undefined);
  send(made.adapter.subarray(0, 300));
  const { redis, prefix } = api.services.ledger;
  const claimed = () => redis.hget(`${prefix}:{demo}:upload:${path.split('/').at(-1)}`, 'writer');
  t.ok(await eventually(async () => (await claimed()) !== null));
  const taken = await addPiece(api, path, 0, made.adapter.subarray(0, 200));
  t.match(taken, { status: 204, headers: { 'upload-offset': '200' } });
  hold.abort();
  await slow;
  t.equal(await offsetOf(api, path), 200);
  t.ok(
    await eventually(async () => (await pieces()).length === 1),
    'what the first one had sent is thrown away',
  );
  await addPiece(api, path, 200, made.adapter.subarray(200));
  const done = await submitPieces(api, submissionOf('east'), path, made);
  isProblem(t, done, 'upload_not_found', 'another client’s');
  await api.call('DELETE', path, { headers: TUS });
});

t.test('what the protocol offers', async (t) => {
  const answer = await api.app.inject({
    ...{ method: 'OPTIONS', url: '/v1/federations/demo/uploads' },
    headers: { authorization: `Bearer ${tokens.north}` },
  });
  t.equal(answer.statusCode, 204);
  t.match(answer.headers, { 'tus-version': '1.0.0', 'tus-extension': /creation.*checksum/ });
});

t.test('a federation that is deleted takes its uploads along', async (t) => {
  await begun('east');
  const path = await begun('east');
  await addPiece(api, path, 0, made.adapter);
  t.equal((await api.call('DELETE', '/v1/federations/demo')).status, 204);
  for await (const key of api.services.blobs.list(federationFolder('demo'))) t.fail(`${key} is left`);
  const keys = await api.services.ledger.redis.keys('*');
  t.same(
    keys.filter((key) => key.includes('{demo}')),
    [],
  );
});
