import { request } from 'node:http';
import t from 'tap';
import { eventually } from '../fixtures/eventually.js';
import { isProblem } from '../fixtures/isProblem.js';
import { openFederation } from '../fixtures/openFederation.js';
import { publish } from '../fixtures/publish.js';
import { type Api, startApi } from '../fixtures/startApi.js';
import { startServer } from '../fixtures/startServer.js';
import { submit } from '../fixtures/submit.js';

const api = await startApi(t);
const PATH = '/v1/federations';

const ask = (api: Pick<Api, 'call'>, federation: string, token: string | undefined, query = '') =>
  api.call('GET', `${PATH}/${federation}/assignment${query}`, { token: token ?? '' });

async function subscriptions(): Promise<number> {
  const channels = await api.services.ledger.redis.pubsub('CHANNELS', '*');
  return channels.length;
}

t.test('a client’s loop: train, submit, wait, merge what was published, train again', async (t) => {
  const rounds = { deadlineSeconds: 3600, graceSeconds: 60 };
  const { north, south } = await openFederation(api, 'loop', ['north', 'south'], {
    baseModel: 'tiny',
    rounds,
  });
  const first = await ask(api, 'loop', north);
  t.equal(first.status, 200);
  t.equal(first.headers['retry-after'], undefined);
  t.equal(first.headers['cache-control'], 'no-store');
  t.match(first.json, {
    action: 'train',
    round: 1,
    deadlineAt: /Z$/,
    graceUntil: /Z$/,
    baseModel: 'tiny',
    aggregation: { method: 'florist' },
    alreadySubmitted: false,
  });
  t.same(first.json.from, { since: 0, adapters: [], complete: true });

  t.equal((await submit(api, 'loop', 'north', {}, { token: north ?? '' })).status, 201);
  const waiting = await ask(api, 'loop', north);
  t.match(waiting.json, { action: 'wait', round: 1, alreadySubmitted: true, reason: /./ });
  t.equal(waiting.headers['retry-after'], String(waiting.json.retryAfterSeconds));
  t.match((await ask(api, 'loop', south)).json, { action: 'train' }, 'each is told its own');

  await api.call('POST', `${PATH}/loop/rounds/1/close`);
  const { model } = await publish(api, 'loop', 'a1');
  await api.call('POST', `${PATH}/loop/rounds`);
  const second = (await ask(api, 'loop', north)).json;
  t.match(second, { action: 'train', round: 2, from: { since: 0, round: 1, complete: true } });
  const [{ model: modelPath, config }] = second.from.adapters;
  t.ok(
    (await api.call('GET', modelPath, { token: north ?? '' })).bytes.equals(model),
    'the paths lead there',
  );
  t.equal((await api.call('GET', config, { token: north ?? '' })).status, 200);
  t.same((await ask(api, 'loop', north, '?have=1')).json.from, { since: 1, adapters: [], complete: true });
});

t.test('it is for clients, and asks for what it can answer', async (t) => {
  const { north } = await openFederation(api, 'asked', ['north']);
  isProblem(t, await ask(api, 'asked', api.services.settings.operatorToken), 'role_insufficient');
  isProblem(t, await ask(api, 'loop', north), 'role_insufficient');
  for (const query of [
    'have=-1',
    'have=x',
    'have=1.5',
    'have=2',
    'have=99999999999',
    'waitSeconds=-1',
    'wait=1',
  ]) {
    isProblem(t, await ask(api, 'asked', north, `?${query}`), 'request_invalid', query);
  }
});

t.test('who waits on the line hears of the round as soon as it opens', async (t) => {
  const { north } = await openFederation(api, 'line', ['north']);
  await api.call('POST', `${PATH}/line/rounds/1/cancel`);
  const began = performance.now();
  const held = ask(api, 'line', north, '?waitSeconds=30');
  t.ok(await eventually(async () => (await subscriptions()) > 0), 'it listens');
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  const opening = performance.now();
  await api.call('POST', `${PATH}/line/rounds`);
  t.match((await held).json, { action: 'train', round: 2 });
  t.ok(performance.now() - opening < 1_000, 'at once');
  t.ok(performance.now() - began > 1_000, 'and not before');
  t.ok(await eventually(async () => (await subscriptions()) === 0), 'nothing stays subscribed');
});

t.test('who waits in vain is answered in time', async (t) => {
  const { north } = await openFederation(api, 'vain', ['north']);
  await api.call('POST', `${PATH}/vain/rounds/1/cancel`);
  const began = performance.now();
  const { json, headers } = await ask(api, 'vain', north, '?waitSeconds=1');
  const seconds = (performance.now() - began) / 1000;
  t.ok(seconds >= 0.9 && seconds < 5, `${seconds} s`);
  t.match(json, {
    action: 'wait',
    retryAfterSeconds: 1,
    reason: 'Round 1 is cancelled; the next has not opened yet.',
  });
  t.equal(headers['retry-after'], '1');
});

t.test('many events in a row do not make those who wait ask as often', async (t) => {
  const { north } = await openFederation(api, 'storm', ['north']);
  await api.call('POST', `${PATH}/storm/rounds/1/cancel`);
  const calls = async () => {
    const info = await api.services.ledger.redis.info('commandstats');
    return Number(/cmdstat_zscore:calls=(\d+)/.exec(info)?.[1]);
  };
  const change = async () => {
    const before = await calls();
    for (let index = 0; index < 100; index++) {
      await api.call('PATCH', `${PATH}/storm`, { body: { baseModel: `m${index}` } });
    }
    return (await calls()) - before;
  };
  const unwatched = await change();
  const held = ask(api, 'storm', north, '?waitSeconds=2');
  await eventually(async () => (await subscriptions()) > 0);
  const watched = await change();
  t.match((await held).json, { action: 'wait' });
  t.ok(watched - unwatched < 12, `a look a second: ${watched} beside ${unwatched}`);
});

t.test('who hangs up is forgotten', async (t) => {
  const { north } = await openFederation(api, 'gone', ['north']);
  await api.call('POST', `${PATH}/gone/rounds/1/cancel`);
  const base = await api.listen();
  const asking = request(`${base}${PATH}/gone/assignment?waitSeconds=40`, {
    headers: { authorization: `Bearer ${north}` },
  });
  asking.on('error', () => undefined);
  asking.end();
  t.ok(await eventually(async () => (await subscriptions()) === 1), 'it listens');
  asking.destroy();
  t.ok(await eventually(async () => (await subscriptions()) === 0), 'and no longer');
});

t.test('a service that stops lets those go who wait', async (t) => {
  const server = await startServer(t, api.env);
  const { north } = await openFederation(server, 'stops', ['north']);
  await server.call('POST', `${PATH}/stops/rounds/1/cancel`);
  const held = ask(server, 'stops', north, '?waitSeconds=40');
  t.ok(await eventually(async () => (await subscriptions()) === 1));
  const began = performance.now();
  const stopped = server.stop();
  const answer = await held;
  t.match(answer.json, { action: 'wait' });
  t.equal(await stopped, 0);
  t.ok(performance.now() - began < 5_000);
});
