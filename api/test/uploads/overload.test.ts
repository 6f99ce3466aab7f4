import t from 'tap';
import { makeAdapter } from '../fixtures/makeAdapter.js';
import { openFederation } from '../fixtures/openFederation.js';
import { rawUpload } from '../fixtures/rawUpload.js';
import { startApi } from '../fixtures/startApi.js';
import { submit } from '../fixtures/submit.js';

const api = await startApi(t, {}, { uploadsMax: 1 });
const base = await api.listen();
const CLIENTS = ['holder', 'north', 'south'];
await openFederation(api, 'demo', CLIENTS);
const big = makeAdapter({ rows: 4096, cols: 4096, rank: 160 });
const path = (client: string) => `/v1/federations/demo/rounds/1/submissions/${client}`;

async function waiting(count: number): Promise<void> {
  const pattern = new RegExp(`florist_uploads_waiting ${count}\n`);
  while (!pattern.test((await api.call('GET', '/metrics')).text)) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

t.test('who waits for a slot is not asked for the body, and none of it is read', async (t) => {
  const holder = await rawUpload(base, path('holder'), big);
  holder.socket.write(holder.body.subarray(0, 1000));
  while (!/uploads_receiving 1/.test((await api.call('GET', '/metrics')).text));

  const polite = await rawUpload(base, path('north'), big, ['expect: 100-continue']);
  const eager = await rawUpload(base, path('south'), big);
  let taken = 0;
  eager.socket.write(eager.body, () => {
    taken = eager.body.byteLength;
  });
  await waiting(2);
  await new Promise((resolve) => setTimeout(resolve, 300));
  t.equal(polite.answer(), '', 'no 100 Continue yet');
  t.equal(taken, 0, 'TCP holds back what nobody reads');
  t.ok(eager.socket.bufferSize > 1 << 20 || eager.socket.writableLength > 1 << 20);

  const quick = await api.call('GET', '/v1/federations/demo');
  t.equal(quick.status, 200, 'everything else goes on');

  holder.socket.write(holder.body.subarray(1000));
  t.match(await holder.answers(/\r\n\r\n\{/), /^HTTP\/1\.1 201/, 'what is in flight is not hurt');
  await polite.answers(/^HTTP\/1\.1 100/);
  polite.socket.write(polite.body);
  t.match(await polite.answers(/"acceptedAt"/), /HTTP\/1\.1 201/);
  t.match(await eager.answers(/"acceptedAt"/), /^HTTP\/1\.1 201/);
  for (const { socket } of [holder, polite, eager]) socket.destroy();
});

t.test('a client that floods the queue gets 503 before its body, and the others their turn', async (t) => {
  await openFederation(api, 'flood', ['many', 'one']);
  const of = (client: string) => `/v1/federations/flood/rounds/1/submissions/${client}`;
  const holder = await rawUpload(base, of('many'), big);
  const flood = [];
  for (let i = 0; i < 16; i++) flood.push(await rawUpload(base, of('many'), big, ['expect: 100-continue']));
  await waiting(16);
  const turned = await rawUpload(base, of('many'), big, ['expect: 100-continue']);
  const answer = await turned.answers(/\}$/);
  t.match(answer, /^HTTP\/1\.1 503 [\s\S]*retry-after: 5[\s\S]*service_unavailable/);
  const one = submit(api, 'flood', 'one', { rows: 4096, cols: 4096, rank: 8 });
  await waiting(17);
  holder.socket.write(holder.body);
  await holder.answers(/"acceptedAt"/);
  for (const { socket } of flood) socket.destroy(); // those who have gone do not hold up the one
  t.equal((await one).status, 201);
  for (const { socket } of [holder, turned]) socket.destroy();
  await waiting(0);
});
