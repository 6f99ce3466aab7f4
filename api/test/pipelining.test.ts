import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import t from 'tap';
import { UNANSWERED_MAX } from '../src/plugins/pipelining.js';
import { eventually } from './fixtures/eventually.js';
import { openFederation } from './fixtures/openFederation.js';
import { publish } from './fixtures/publish.js';
import { startApi } from './fixtures/startApi.js';
import { submit } from './fixtures/submit.js';

const api = await startApi(t);
const { port } = new URL(await api.listen());
const connections: Socket[] = [];
api.app.server.on('connection', (socket) => connections.push(socket));
const tokens = await openFederation(api, 'demo', ['north']);

function send(paths: string[], last = ''): Socket {
  const headers = `Host: florist\r\nAuthorization: Bearer ${tokens.north}\r\n`;
  const requests = paths.map((path) => `GET ${path} HTTP/1.1\r\n${headers}\r\n`);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(requests.join('') + last);
  return socket;
}

const statuses = (answers: string) => [...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);

t.test('requests that are sent ahead are answered in their order', async (t) => {
  const last = 'GET /healthz HTTP/1.1\r\nHost: florist\r\nConnection: close\r\n\r\n';
  const paths = ['/v1/federations/demo', '/none', '/v1/identity'];
  t.strictSame(statuses(await text(send(paths, last))), ['200', '404', '200', '200']);
});

t.test('more than some end the connection, and are not begun', async (t) => {
  const answers = await text(send(Array.from({ length: 500 }, () => '/healthz')));
  t.strictSame(statuses(answers), [...Array(UNANSWERED_MAX).fill('200'), '429']);
  t.match(answers, /"too_many_requests"/);
});

t.test('one after the other, a connection serves as many as it likes', async (t) => {
  const socket = send([]);
  const answers = text(socket);
  for (let sent = 0; sent < 3 * UNANSWERED_MAX; sent++) {
    socket.write('GET /healthz HTTP/1.1\r\nHost: florist\r\n\r\n');
    await new Promise((next) => socket.once('data', next));
  }
  socket.end();
  t.strictSame(new Set(statuses(await answers)), new Set(['200']));
});

t.test(
  'files that wait for their turn on a connection are closed with it, opened before or after',
  async (t) => {
    await submit(api, 'demo', 'north');
    await api.call('POST', '/v1/federations/demo/rounds/1/close');
    await publish(api, 'demo', 'a1');
    const { blobs } = api.services;
    const { stream } = blobs;
    const opened: Readable[] = [];
    let [asked, goOn] = [0, () => {}];
    const gone = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    blobs.stream = async (...of) => {
      asked += 1;
      if (asked === 2) await gone;
      opened.push(await stream.apply(blobs, of));
      return opened.at(-1) ?? Readable.from([]);
    };
    const model = '/v1/federations/demo/rounds/1/adapter/adapter_model.safetensors';
    const socket = send(['/v1/federations/demo/events', model, model]);
    t.ok(await eventually(async () => asked === 2 && opened.length === 1));
    socket.destroy();
    t.ok(await eventually(async () => connections.at(-1)?.destroyed === true));
    goOn();
    t.ok(await eventually(async () => opened.length === 2 && opened.every(({ closed }) => closed)));
    blobs.stream = stream;
  },
);

t.test('streams that wait for their turn on a connection end with it', async (t) => {
  const streams = async () =>
    /florist_event_streams (\d+)/.exec((await api.call('GET', '/metrics')).text)?.[1];
  const socket = send(Array(3).fill('/v1/federations/demo/events'));
  t.ok(await eventually(async () => (await streams()) === '3'));
  socket.destroy();
  t.ok(await eventually(async () => (await streams()) === '0'));
});
