import { once } from 'node:events';
import { EVENTS_KEPT } from '@florist/storage/ledger/scripts/prelude/events';
import t from 'tap';
import { STREAMS_OF_CLIENT_MAX } from '../../src/events/clientStreams.js';
import { eventually } from '../fixtures/eventually.js';
import { isProblem } from '../fixtures/isProblem.js';
import { openFederation } from '../fixtures/openFederation.js';
import { VIEWER_TOKEN } from '../fixtures/openServices.js';
import { type OpenEventStream, readEventStream } from '../fixtures/readEventStream.js';
import { startApi } from '../fixtures/startApi.js';
import { submit } from '../fixtures/submit.js';

const api = await startApi(t);
const base = await api.listen();
const urlOf = (federation: string, query = '') => `${base}/v1/federations/${federation}/events${query}`;
/** Event streams that the api says it has open. */
async function openStreams(): Promise<number> {
  const { text } = await api.call('GET', '/metrics');
  return Number(/^florist_event_streams (\d+)$/m.exec(text)?.[1]);
}

const typesOf = ({ events }: OpenEventStream) => events.map(({ type }) => type);

t.test('tells what happens from now on, as it happens', async (t) => {
  const { north } = await openFederation(api, 'live', ['north']);
  const stream = await readEventStream(urlOf('live'), north ?? '');
  t.teardown(stream.close);
  t.equal(stream.response.status, 200);
  t.match(stream.response.headers.get('content-type'), /^text\/event-stream/);
  t.equal(stream.response.headers.get('cache-control'), 'no-store');
  t.equal(stream.response.headers.get('x-content-type-options'), 'nosniff');
  await submit(api, 'live', 'north');
  await submit(api, 'live', 'north', { seed: 4 }, { query: '?replace=true' });
  await api.call('POST', '/v1/federations/live/rounds/1/close');
  await stream.until((events) => events.length === 3);
  t.same(typesOf(stream), ['submission.accepted', 'submission.replaced', 'round.closed']);
  t.match(stream.events[0]?.data, { type: 'submission.accepted', at: /^\d{4}-/, round: 1, client: 'north' });
});

t.test('a reader that goes before the ledger has answered leaves nothing open', async (t) => {
  await openFederation(api, 'hasty', ['north']);
  const before = await openStreams();
  await api.services.ledger.redis.call('CLIENT', 'PAUSE', '500');
  const breakOff = new AbortController();
  const headers = { authorization: `Bearer ${VIEWER_TOKEN}` };
  const asked = fetch(urlOf('hasty'), { headers, signal: breakOff.signal }).catch(() => 'broken off');
  await once(api.app.server, 'request');
  breakOff.abort();
  t.equal(await asked, 'broken off', 'while Redis does not answer');
  const patient = await readEventStream(urlOf('hasty'), VIEWER_TOKEN);
  patient.close();
  t.ok(await eventually(async () => (await openStreams()) === before));
});

t.test('a client has few streams at a time', async (t) => {
  const { north } = await openFederation(api, 'greedy', ['north']);
  const open = () => readEventStream(urlOf('greedy'), north ?? '');
  const streams = await Promise.all(Array.from({ length: STREAMS_OF_CLIENT_MAX }, open));
  const refused = await open();
  t.equal(refused.response.status, 429);
  for (const { close } of streams) close();
  t.ok(await eventually(async () => (await open()).response.status === 200), 'one that ended makes room');
});

t.test('begins where one asks it to', async (t) => {
  await openFederation(api, 'from', ['north', 'south']);
  const whole = await readEventStream(urlOf('from', '?after=0'), VIEWER_TOKEN);
  t.teardown(whole.close);
  await whole.until((events) => events.length === 4);
  t.same(typesOf(whole), ['federation.created', 'client.registered', 'client.registered', 'round.opened']);
  const rest = await readEventStream(urlOf('from', '?after=0'), VIEWER_TOKEN, whole.events[1]?.id);
  t.teardown(rest.close);
  await rest.until((events) => events.length === 2);
  t.same(rest.events, whole.events.slice(2), 'Last-Event-ID goes first');
});

t.test('a reader that broke off before the first event can resume as well', async (t) => {
  await openFederation(api, 'idle', ['north']);
  const first = await readEventStream(urlOf('idle'), VIEWER_TOKEN);
  while (first.lastId() === '') {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  first.close();
  await submit(api, 'idle', 'north');
  const second = await readEventStream(urlOf('idle'), VIEWER_TOKEN, first.lastId());
  t.teardown(second.close);
  await second.until((events) => events.length === 1);
  t.same(typesOf(second), ['submission.accepted']);
});

t.test('readers that break off again and again miss nothing and see nothing twice', async (t) => {
  const clients = Array.from({ length: 40 }, (_, i) => `c${i}`);
  await openFederation(api, 'storm', clients);
  const start = await readEventStream(urlOf('storm'), VIEWER_TOKEN);
  const work = async () => {
    const queue = [...clients];
    const submitAll = async () => {
      for (let client = queue.pop(); client !== undefined; client = queue.pop()) {
        await submit(api, 'storm', client);
      }
    };
    await Promise.all([submitAll(), submitAll(), submitAll()]);
  };
  const follow = async (pause: number) => {
    const seen: string[] = [];
    let lastId = start.lastId() || '0';
    while (seen.filter((type) => type.startsWith('submission')).length < clients.length) {
      const stream = await readEventStream(urlOf('storm'), VIEWER_TOKEN, lastId);
      const breakOff = setTimeout(stream.close, pause);
      await stream.ended;
      clearTimeout(breakOff);
      seen.push(...stream.events.map(({ type, data }) => `${type} ${data.client}`));
      lastId = stream.lastId() || lastId;
    }
    return seen;
  };
  await start.until(() => start.lastId() !== '');
  start.close();
  const [, ...followers] = await Promise.all([work(), follow(7), follow(23), follow(60)]);
  const expected = clients.map((client) => `submission.accepted ${client}`).sort();
  for (const seen of followers) {
    t.same([...seen].sort(), expected);
  }
  t.same(followers[0], followers[1], 'in the same order for everyone');
});

t.test('says so when older events are no longer kept', async (t) => {
  await openFederation(api, 'old', ['north']);
  const { redis, prefix } = api.services.ledger;
  const [, removed] = [
    await submit(api, 'old', 'north'),
    await redis.xtrim(`${prefix}:{old}:events`, 'MAXLEN', 1),
  ];
  t.equal(removed, 3);
  const stream = await readEventStream(urlOf('old', '?after=0'), VIEWER_TOKEN);
  t.teardown(stream.close);
  await stream.until((events) => events.length === 2);
  t.same(typesOf(stream), ['history.truncated', 'submission.accepted']);
  t.equal(stream.events[0]?.id, '0', 'which is no event, so it has no id of its own');
  t.ok(EVENTS_KEPT > 1_000, 'this happens to those alone who were away for long');
});

t.test('a reader of another history is told so, and hears what happens from now on', async (t) => {
  await openFederation(api, 'reset', ['north']);
  const stream = await readEventStream(urlOf('reset'), VIEWER_TOKEN, '99999999999999-0');
  t.teardown(stream.close);
  await stream.until((events) => events.length === 1);
  t.match(stream.events[0]?.data, { type: 'history.truncated', detail: /not known here/ });
  await submit(api, 'reset', 'north');
  await stream.until((events) => events.length === 2);
  t.same(typesOf(stream), ['history.truncated', 'submission.accepted']);
});

t.test('goes on when the connections to Redis break', async (t) => {
  await openFederation(api, 'broken', ['north', 'south']);
  const stream = await readEventStream(urlOf('broken'), VIEWER_TOKEN);
  t.teardown(stream.close);
  await stream.until(() => stream.lastId() !== '');
  const { redis } = api.services.ledger;
  for (const client of ['north', 'south']) {
    await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'no').catch(() => undefined);
    while ((await submit(api, 'broken', client)).status >= 500) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  await stream.until((events) => events.length === 2);
  t.same(
    stream.events.map(({ data }) => data.client),
    ['north', 'south'],
  );
});

t.test('ends with the federation', async (t) => {
  await openFederation(api, 'brief', []);
  const stream = await readEventStream(urlOf('brief'), VIEWER_TOKEN);
  await stream.until(() => stream.lastId() !== '');
  await api.call('DELETE', '/v1/federations/brief');
  await stream.ended;
  t.same(stream.events, []);
});

t.test('counts its readers and forgets those that have gone', async (t) => {
  await openFederation(api, 'count', []);
  const open = async () =>
    Number(/^florist_event_streams (\d+)/m.exec((await api.call('GET', '/metrics')).text)?.[1]);
  const before = await open();
  const streams = await Promise.all([1, 2, 3].map(() => readEventStream(urlOf('count'), VIEWER_TOKEN)));
  t.equal(await open(), before + 3);
  for (const stream of streams) {
    stream.close();
  }
  while ((await open()) > before) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
});

t.test('refuses before the stream begins', async (t) => {
  isProblem(t, await api.call('GET', '/v1/federations/nowhere/events'), 'federation_not_found');
  const headers = { 'last-event-id': 'x' };
  isProblem(t, await api.call('GET', '/v1/federations/live/events', { headers }), 'request_invalid');
  t.equal((await api.call('HEAD', '/v1/federations/live/events')).status, 405);
});

t.test('ends when the service stops, and the service stops though streams are open', async (t) => {
  await openFederation(api, 'last', []);
  const stream = await readEventStream(urlOf('last'), VIEWER_TOKEN);
  await stream.until(() => stream.lastId() !== '');
  const began = Date.now();
  const closed = api.app.close();
  await stream.ended;
  await closed;
  t.ok(Date.now() - began < 2_000, `${Date.now() - began} ms`);
});
