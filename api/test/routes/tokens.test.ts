import t from 'tap';
import { STAY_CHECK_MS } from '../../src/routes/v1/events/streamEvents.js';
import { eventually } from '../fixtures/eventually.js';
import { isProblem } from '../fixtures/isProblem.js';
import { openFederation } from '../fixtures/openFederation.js';
import { readEventStream } from '../fixtures/readEventStream.js';
import { startApi } from '../fixtures/startApi.js';
import { submit } from '../fixtures/submit.js';

const api = await startApi(t);
const base = await api.listen();
const { north = '' } = await openFederation(api, 'demo', ['north', 'south']);
await openFederation(api, 'other', []);

const make = async (body: object) =>
  (await api.call('POST', '/v1/tokens', { body: { name: 'Ada', ...body } })).json;
const statusOf = async (token: string, path = '/v1/federations/demo') =>
  (await api.call('GET', path, { token })).status;

t.test('is shown once, works as its role says, and is listed without its secret', async (t) => {
  const made = await make({ role: 'viewer', expiresInSeconds: 3600 });
  t.match(made, { id: /^tk-/, token: /^florist_tk-/, prefix: /^florist_tk-.{21}$/, expiresAt: /Z$/ });
  t.equal(await statusOf(made.token), 200);
  isProblem(
    t,
    await api.call('POST', '/v1/federations/demo/rounds', { token: made.token }),
    'role_insufficient',
  );
  const { json, text } = await api.call('GET', '/v1/tokens');
  const { token: _, ...shown } = made;
  t.match(
    json.items.find(({ id }: { id: string }) => id === made.id),
    { ...shown, createdBy: 'settings' },
  );
  t.notMatch(text, made.token.split('.')[1]);
  const identity = await api.call('GET', '/v1/identity', { token: made.token });
  t.same(identity.json, { role: 'viewer', token: made.id, name: 'Ada' });
  t.same((await api.call('GET', '/v1/identity')).json, { role: 'operator', token: 'settings' });
  const client = await api.call('GET', '/v1/identity', { token: north });
  t.same(client.json, { role: 'client', federations: ['demo'], client: 'north' });
});

t.test('one that operates may make others, which say who made them', async (t) => {
  const first = await make({ role: 'operator' });
  const second = await api.call('POST', '/v1/tokens', {
    token: first.token,
    body: { name: 'second', role: 'viewer' },
  });
  t.equal(second.status, 201);
  t.equal(second.json.createdBy, first.id);
});

t.test('limited to federations it sees and does only those', async (t) => {
  const { token, id } = await make({ role: 'operator', federations: ['demo'] });
  const call = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) =>
    api.call(method, path, { token, ...(body && { body }) });
  const list = await call('GET', '/v1/federations');
  t.same(
    list.json.items.map(({ name }: { name: string }) => name),
    ['demo'],
  );
  t.equal((await api.call('GET', '/v1/federations')).json.items.length, 2);
  t.equal((await api.call('PUT', '/v1/federations/demo/clients/west', { token })).status, 201);
  for (const answer of [
    await call('GET', '/v1/federations/other'),
    await call('GET', '/v1/federations/nowhere'),
    await call('DELETE', '/v1/federations/other'),
    await call('POST', '/v1/federations', { name: 'mine' }),
    await call('POST', '/v1/tokens', { name: 'all', role: 'operator' }),
    await call('POST', `/v1/tokens/${id}/rotate`),
    await call('GET', '/v1/tokens'),
    await call('GET', '/v1/system'),
  ]) {
    isProblem(t, answer, 'role_insufficient');
    t.match(answer.json.detail, /limited to demo/);
  }
  t.same((await call('GET', '/v1/identity')).json, {
    role: 'operator',
    token: id,
    name: 'Ada',
    federations: ['demo'],
  });
});

t.test('pages of a limited token’s federations hold those alone', async (t) => {
  const names = ['p1', 'p2', 'p3'];
  for (const name of names) {
    await api.call('POST', '/v1/federations', { body: { name } });
  }
  const { token } = await make({ role: 'viewer', federations: ['p3', 'p1', 'p2'] });
  await api.call('DELETE', '/v1/federations/p2');
  const first = await api.call('GET', '/v1/federations?limit=1', { token });
  t.match(first.json, { items: [{ name: 'p1' }], nextCursor: /./ });
  const rest = await api.call('GET', `/v1/federations?cursor=${first.json.nextCursor}`, { token });
  t.match(rest.json.items, [{ name: 'p3' }]);
  t.equal(rest.json.nextCursor, undefined);
});

t.test('rotates with an overlap, at once, and not at all when it is gone', async (t) => {
  const first = await make({ role: 'viewer' });
  const path = `/v1/tokens/${first.id}`;
  const second = (await api.call('POST', `${path}/rotate`, { body: { overlapSeconds: 600 } })).json;
  t.match(second, { id: first.id, previousUntil: /Z$/ });
  t.same([await statusOf(first.token), await statusOf(second.token)], [200, 200]);
  const third = (await api.call('POST', `${path}/rotate`)).json;
  t.same(
    [await statusOf(first.token), await statusOf(second.token), await statusOf(third.token)],
    [401, 401, 200],
  );
  t.equal((await api.call('DELETE', path)).status, 204);
  t.equal(await statusOf(third.token), 401);
  isProblem(t, await api.call('DELETE', path), 'token_not_found');
  isProblem(t, await api.call('POST', `${path}/rotate`), 'token_not_found');
});

t.test('refuses what cannot be meant', async (t) => {
  for (const body of [
    {},
    { name: '', role: 'viewer' },
    { name: 'a\nb', role: 'viewer' },
    { name: 'a', role: 'client' },
    { name: 'a', role: 'viewer', federations: [] },
    { name: 'a', role: 'viewer', federations: ['A'] },
    { name: 'a', role: 'viewer', expiresInSeconds: 0 },
    { name: 'a', role: 'viewer', token: 'chosen' },
  ]) {
    isProblem(t, await api.call('POST', '/v1/tokens', { body }), 'request_invalid', JSON.stringify(body));
  }
  const nowhere = { name: 'a', role: 'viewer', federations: ['nowhere'] };
  isProblem(t, await api.call('POST', '/v1/tokens', { body: nowhere }), 'federation_not_found');
});

t.test('a client’s token rotates with an overlap and an end; its last use is shown', async (t) => {
  const path = '/v1/federations/demo/clients/south/token';
  const first = (await api.call('POST', path)).json;
  t.same(Object.keys(first).sort(), ['client', 'federation', 'registeredAt', 'token', 'tokenCreatedAt']);
  const body = { overlapSeconds: 600, expiresInSeconds: 1 };
  const second = (await api.call('POST', path, { body })).json;
  t.match(second, { tokenExpiresAt: /Z$/, previousTokenUntil: /Z$/ });
  t.same([await statusOf(first.token), await statusOf(second.token)], [200, 200]);
  while ((await statusOf(second.token)) === 200) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  t.ok(Date.now() >= Date.parse(second.tokenExpiresAt) - 1_000);
  t.equal(await statusOf(first.token), 200, 'the overlap was longer');
  const { json } = await api.call('GET', '/v1/federations/demo/clients');
  const south = json.items.find(({ client }: { client: string }) => client === 'south');
  t.ok(Math.abs(Date.parse(south.lastUsedAt) - Date.now()) < 60_000);
  isProblem(t, await api.call('POST', path, { body: { overlapSeconds: -1 } }), 'request_invalid');
});

t.test('the last use is written once a minute at most, however often the token is used', async (t) => {
  const { token, id } = await make({ role: 'viewer' });
  const { redis, prefix } = api.services.ledger;
  const used = () => redis.hget(`${prefix}:token:${id}`, 'lastUsedMs');
  await statusOf(token);
  while ((await used()) === null) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const first = await used();
  await new Promise((resolve) => setTimeout(resolve, 20));
  for (let index = 0; index < 20; index++) {
    await statusOf(token);
  }
  t.equal(await used(), first);
});

t.test('a revoked token’s event stream ends within seconds', async (t) => {
  const { token, id } = await make({ role: 'viewer', federations: ['demo'] });
  const stream = await readEventStream(`${base}/v1/federations/demo/events`, token);
  await stream.until(() => stream.lastId() !== '');
  await api.call('DELETE', `/v1/tokens/${id}`);
  const began = Date.now();
  await stream.ended;
  t.ok(Date.now() - began < STAY_CHECK_MS + 1_000, `${Date.now() - began} ms`);
});

t.test('what a client waited for is not given to a token that was replaced meanwhile', async (t) => {
  const { east = '' } = await openFederation(api, 'waiting', ['east']);
  await submit(api, 'waiting', 'east');
  const waiting = api.call('GET', '/v1/federations/waiting/assignment?waitSeconds=1&have=0', { token: east });
  const { redis, prefix } = api.services.ledger;
  const listeners = async () => (await redis.pubsub('NUMSUB', `${prefix}:{waiting}:events`))[1];
  t.ok(await eventually(async () => Number(await listeners()) > 0), 'it listens');
  await api.call('POST', '/v1/federations/waiting/clients/east/token');
  isProblem(t, await waiting, 'token_invalid');
});
