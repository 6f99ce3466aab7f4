import { request } from 'node:http';
import t from 'tap';
import { submissionForm } from '../fixtures/encodeForm.js';
import { makeAdapter } from '../fixtures/makeAdapter.js';
import { openFederation } from '../fixtures/openFederation.js';
import { OPERATOR_TOKEN } from '../fixtures/openServices.js';
import { startApi } from '../fixtures/startApi.js';

const api = await startApi(t);
const base = await api.listen();
const { headers, body } = submissionForm(makeAdapter({ rows: 512, cols: 512, rank: 64 }));

/** What a form has before its adapter, and a little that its parser holds back. */
const FORM_OVERHEAD = 2000;

/** An upload whose body is handed over by hand; `announced` is its Content-Length. */
function begin(federation: string, client: string, announced: boolean) {
  const path = `/v1/federations/${federation}/rounds/1/submissions/${client}`;
  const length = announced ? { 'content-length': body.byteLength } : {};
  const sending = request(`${base}${path}`, {
    method: 'PUT',
    headers: { ...headers, ...length, authorization: `Bearer ${OPERATOR_TOKEN}` },
  });
  const answered = new Promise<number>((resolve, reject) => {
    sending.once('error', reject);
    sending.once('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
  });
  return { sending, answered };
}

async function participant(federation: string) {
  return (await api.call('GET', `/v1/federations/${federation}/rounds/1/participants`)).json.items[0];
}

/** Sends small pieces until the service tells of more than `known` bytes; how many were sent by then. */
async function dribble(
  sending: ReturnType<typeof request>,
  federation: string,
  { from, known }: { from: number; known: number },
) {
  const PIECE = 2000;
  for (let sent = from; sent < body.byteLength; sent += PIECE) {
    sending.write(body.subarray(sent, sent + PIECE));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const seen = await participant(federation);
    if (seen.uploadedBytes > known) return { seen, sent: sent + PIECE };
  }
  throw new Error('the service never told');
}

t.test('bytes of an upload grow while it comes, and go when it is in', async (t) => {
  await openFederation(api, 'slow', ['north']);
  const { sending, answered } = begin('slow', 'north', true);
  const began = performance.now();
  const first = await dribble(sending, 'slow', { from: 0, known: 0 });
  t.ok(performance.now() - began >= 1000, 'not before a second has passed');
  t.match(first.seen, { state: 'uploading', uploadBytes: body.byteLength, submitted: false });
  t.ok(first.seen.uploadedBytes <= first.sent, `${first.seen.uploadedBytes} of ${first.sent}`);

  const noted = performance.now();
  const second = await dribble(sending, 'slow', { from: first.sent, known: first.seen.uploadedBytes });
  t.ok(performance.now() - noted >= 900, 'nor sooner than a second after');
  t.match(second.seen, { state: 'uploading', uploadBytes: body.byteLength });
  t.ok(second.seen.uploadedBytes > first.sent - FORM_OVERHEAD, 'all that had come a second ago is in it');

  sending.end(body.subarray(second.sent));
  t.equal(await answered, 201);
  const after = await participant('slow');
  t.match(after, { submitted: true });
  t.notOk('uploadedBytes' in after || 'uploadBytes' in after, 'gone with the upload');
});

t.test('an upload that announces no length, and breaks off', async (t) => {
  await openFederation(api, 'broken', ['north']);
  const { sending, answered } = begin('broken', 'north', false);
  const failed = t.rejects(answered);
  const { seen } = await dribble(sending, 'broken', { from: 0, known: 0 });
  t.ok(seen.uploadedBytes > 0);
  t.notOk('uploadBytes' in seen, 'of how many is not known');
  sending.destroy();
  await failed;
  let after = await participant('broken');
  while (after.state === 'uploading') {
    await new Promise((resolve) => setTimeout(resolve, 20));
    after = await participant('broken');
  }
  t.same(after, { client: 'north', invited: true, state: 'silent', submitted: false, carried: false });
});

t.test('an upload is still under way when the one before it of the same client breaks off', async (t) => {
  await openFederation(api, 'again', ['north']);
  const before = begin('again', 'north', true);
  const failed = t.rejects(before.answered);
  await dribble(before.sending, 'again', { from: 0, known: 0 });
  const { sending, answered } = begin('again', 'north', true);
  sending.write(body.subarray(0, 2000));
  while ('uploadedBytes' in (await participant('again'))) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  before.sending.destroy();
  await failed;
  await new Promise((resolve) => setTimeout(resolve, 500));
  t.match(await participant('again'), { state: 'uploading' }, 'a grace waits for it');
  const { seen, sent } = await dribble(sending, 'again', { from: 2000, known: 0 });
  t.match(seen, { state: 'uploading' }, 'its bytes are told');
  sending.end(body.subarray(sent));
  t.equal(await answered, 201);
});
