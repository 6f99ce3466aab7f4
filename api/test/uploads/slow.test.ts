import { once } from 'node:events';
import { connect } from 'node:net';
import t from 'tap';
import { makeAdapter } from '../fixtures/makeAdapter.js';
import { openFederation } from '../fixtures/openFederation.js';
import { OPERATOR_TOKEN } from '../fixtures/openServices.js';
import { rawUpload } from '../fixtures/rawUpload.js';
import { addPiece, beginPieces, offsetOf, TUS } from '../fixtures/sendPieces.js';
import { startApi } from '../fixtures/startApi.js';
import { submit } from '../fixtures/submit.js';

const patience = { headersMs: 400, paceMs: 500, paceBytes: 2_000, handlerMs: 20_000 };
const api = await startApi(t, {}, { patience, uploadsMax: 1 });
const base = await api.listen();
await openFederation(api, 'demo', ['slow', 'north']);
const made = makeAdapter({ rows: 512, cols: 512, rank: 16 });
const submission = '/v1/federations/demo/rounds/1/submissions/slow';

function open(to = base) {
  const socket = connect(Number(new URL(to).port), '127.0.0.1');
  socket.on('error', () => undefined);
  return socket;
}

t.test('headers that do not come end the connection with 408', async (t) => {
  const socket = open();
  socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n');
  const [answer] = await once(socket, 'data');
  t.match(String(answer), /^HTTP\/1\.1 408 [\s\S]*request_timeout/);
  await once(socket, 'close');
});

t.test('headers too large, and too many, are refused', async (t) => {
  for (const head of [`x: ${'y'.repeat(17_000)}\r\n`, 'x: y\r\n'.repeat(120)]) {
    const socket = open();
    socket.write(`GET /healthz HTTP/1.1\r\nhost: x\r\n${head}\r\n`);
    const [answer] = await once(socket, 'data');
    t.match(String(answer), /^HTTP\/1\.1 413 [\s\S]*request_too_large/);
    socket.destroy();
  }
});

t.test('a body byte by byte loses its slot to those who wait', async (t) => {
  const slow = await rawUpload(base, submission, made);
  const drip = setInterval(() => slow.socket.write(slow.body.subarray(0, 1)), 50);
  t.teardown(() => clearInterval(drip));
  while (!/uploads_receiving 1/.test((await api.call('GET', '/metrics')).text));
  const other = submit(api, 'demo', 'north', { rows: 512, cols: 512 });
  t.match(await slow.answers(/\}$/), /^HTTP\/1\.1 408 [\s\S]*request_timeout/);
  t.equal((await other).status, 201);
  clearInterval(drip);
  if (!slow.socket.closed) await once(slow.socket, 'close');
});

t.test('a JSON body is held to the same pace', async (t) => {
  const socket = open();
  const head = `host: x\r\nauthorization: Bearer ${OPERATOR_TOKEN}\r\ncontent-type: application/json`;
  socket.write(`POST /v1/federations HTTP/1.1\r\n${head}\r\ncontent-length: 1000\r\n\r\n{`);
  const [answer] = await once(socket, 'data');
  t.match(String(answer), /^HTTP\/1\.1 408 /);
  socket.destroy();
});

t.test('one that is too slow for its route is told so, and is no fault of the service', async (t) => {
  const hasty = await startApi(t, {}, { patience: { ...patience, paceMs: 30_000, handlerMs: 500 } });
  const socket = open(await hasty.listen());
  const head = `host: x\r\nauthorization: Bearer ${OPERATOR_TOKEN}\r\ncontent-type: application/json`;
  socket.write(`POST /v1/federations HTTP/1.1\r\n${head}\r\ncontent-length: 1000\r\n\r\n{`);
  const [answer] = await once(socket, 'data');
  t.match(String(answer), /^HTTP\/1\.1 408 [\s\S]*request_timeout/);
  socket.destroy();
});

t.test('one that is slow but steady is received', async (t) => {
  const steady = await rawUpload(base, submission, made);
  for (let at = 0; at < steady.body.byteLength; at += 10_000) {
    steady.socket.write(steady.body.subarray(at, at + 10_000));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  t.match(await steady.answers(/\r\n\r\n\{/), /^HTTP\/1\.1 201/);
  steady.socket.destroy();
});

t.test('of an upload in pieces, what came before it stalled is kept', async (t) => {
  const size = made.adapter.byteLength;
  const path = String((await beginPieces(api, 'demo', size, { query: '?client=north' })).headers.location);
  const socket = open();
  const head = `host: x\r\nauthorization: Bearer ${OPERATOR_TOKEN}\r\ntus-resumable: ${TUS['tus-resumable']}`;
  const type = 'content-type: application/offset+octet-stream\r\nupload-offset: 0';
  socket.write(`PATCH ${path} HTTP/1.1\r\n${head}\r\n${type}\r\ncontent-length: ${size}\r\n\r\n`);
  socket.write(made.adapter.subarray(0, 5_000));
  const [answer] = await once(socket, 'data');
  t.match(String(answer), /^HTTP\/1\.1 408 /);
  let offset = 0;
  while (offset === 0) offset = await offsetOf(api, path);
  t.equal(offset, 5_000);
  t.equal((await addPiece(api, path, offset, made.adapter.subarray(offset))).status, 204);
});
