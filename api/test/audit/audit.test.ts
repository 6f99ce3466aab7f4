import t from 'tap';
import { buildApp } from '../../src/app.js';
import { isProblem } from '../fixtures/isProblem.js';
import { openFederation } from '../fixtures/openFederation.js';
import { OPERATOR_TOKEN, VIEWER_TOKEN } from '../fixtures/openServices.js';
import { type Method, startApi } from '../fixtures/startApi.js';
import { submit } from '../fixtures/submit.js';

const api = await startApi(t);

// biome-ignore lint/suspicious/noExplicitAny: entries of every shape
async function entries(query = ''): Promise<any[]> {
  return (await api.call('GET', `/v1/audit${query}`)).json.items;
}

t.test('every kind of change is entered, with who, what, on what, how it ended and from where', async (t) => {
  const { north = '' } = await openFederation(api, 'demo', ['north']);
  const changes: [Method, string, string, object | undefined, number][] = [
    ['PATCH', '/v1/federations/demo', 'updateFederation', { baseModel: 'm' }, 200],
    ['PUT', '/v1/federations/demo/clients/south', 'registerClient', undefined, 201],
    ['POST', '/v1/federations/demo/clients/south/token', 'rotateClientToken', undefined, 200],
    ['DELETE', '/v1/federations/demo/clients/south', 'removeClient', undefined, 204],
    ['POST', '/v1/federations/demo/rounds', 'openRound', undefined, 409],
    ['POST', '/v1/federations/demo/rounds/1/close', 'closeRound', undefined, 409],
    ['POST', '/v1/federations/demo/rounds/1/cancel', 'cancelRound', undefined, 200],
    ['POST', '/v1/federations/demo/rounds/1/retry', 'retryRound', undefined, 409],
    ['POST', '/v1/federations/demo/rounds/1/adapters', 'deriveAdapter', { aggregation: {} }, 409],
    ['POST', '/v1/federations/demo/rounds/1/adapters/a1/promote', 'promoteAdapter', undefined, 404],
    ['POST', '/v1/federations/demo/retention', 'applyRetention', undefined, 200],
    ['DELETE', '/v1/federations/demo/webhooks/wh-0123456789abcdef', 'deleteWebhook', undefined, 404],
    ['DELETE', '/v1/tokens/tk-0123456789abcdef', 'revokeToken', undefined, 404],
  ];
  for (const [method, path, action, body, status] of changes) {
    const answer = await api.call(method, path, {
      ...(body && { body }),
      headers: { 'user-agent': 'test/1' },
    });
    t.equal(answer.status, status, `${action}: ${answer.text}`);
    const [entry] = await entries('?limit=1');
    t.match(entry, {
      at: /Z$/,
      who: { role: 'operator', token: 'settings' },
      ...{ action, method, status },
      outcome: status < 400 ? 'done' : 'refused',
      ...(status >= 400 && { code: answer.json.code }),
      ...(path.includes('/demo') && { federation: 'demo' }),
      address: '127.0.0.1',
      userAgent: 'test/1',
      requestId: answer.headers['x-request-id'],
    });
    t.match(entry.route, /^\/v1\/[a-z/{}-]+$/);
  }
  const [created] = await entries('?action=createFederation');
  t.match(created, { federation: 'demo', status: 201, outcome: 'done' }, 'the name comes from the body');
  const [registered] = await entries('?action=registerClient&federation=demo');
  t.equal(registered.client, 'south');

  await api.call('POST', '/v1/federations/demo/rounds');
  const late = `/v1/federations/demo/rounds/2/submissions/north`;
  await submit(api, 'demo', 'north', {}, { token: north });
  await api.call('DELETE', late, { token: north });
  const who = { role: 'client', federation: 'demo', client: 'north' };
  t.match(await entries('?who=north'), [
    { who, action: 'removeSubmission', round: '2', client: 'north', outcome: 'refused' },
    { who, action: 'submitAdapter', round: '1', client: 'north', outcome: 'refused' },
  ]);
});

t.test('a token’s making and end are entered under its id and name', async (t) => {
  const made = (await api.call('POST', '/v1/tokens', { body: { name: 'Ada', role: 'operator' } })).json;
  t.match(await entries('?limit=1'), [{ action: 'createToken', token: made.id, status: 201 }]);
  await api.call('POST', '/v1/federations', { token: made.token, body: { name: 'adas' } });
  t.match(await entries('?who=Ada'), [
    {
      who: { role: 'operator', token: made.id, name: 'Ada' },
      action: 'createFederation',
      federation: 'adas',
    },
  ]);
  t.same(await entries('?who=Ada'), await entries(`?who=${made.id}`));
});

t.test('what only reads and what reports progress is left out', async (t) => {
  const { north } = await openFederation(api, 'quiet', ['north']);
  const before = await entries('?limit=1');
  await api.call('GET', '/v1/federations/quiet');
  const beat = { token: north ?? '', body: { state: 'training' } };
  t.equal((await api.call('POST', '/v1/federations/quiet/rounds/1/heartbeat', beat)).status, 200);
  t.same(await entries('?limit=1'), before);
});

t.test('who is turned away is entered, the first time and then by powers of ten', async (t) => {
  await openFederation(api, 'shut', []);
  const path = '/v1/federations/shut';
  for (let index = 0; index < 12; index++) {
    await api.call('DELETE', path, { token: VIEWER_TOKEN });
  }
  t.match(await entries('?who=viewer'), [
    { action: 'deleteFederation', outcome: 'refused', status: 403, code: 'role_insufficient', count: 10 },
    { who: { role: 'viewer', token: 'settings' }, federation: 'shut', count: 1 },
  ]);
  await api.call('GET', path, { token: null });
  const claimed = `florist_tk-0123456789abcdef.${'x'.repeat(43)}`;
  await api.call('GET', path, { token: claimed });
  t.match(await entries('?action=signIn'), [
    { who: { role: 'unknown', token: 'tk-0123456789abcdef' }, status: 401, code: 'token_invalid' },
    { who: { role: 'unknown' }, status: 401, code: 'token_missing', method: 'GET' },
  ]);
});

t.test('an operator of some federations sees what concerns them', async (t) => {
  await openFederation(api, 'mine', []);
  const body = { name: 'limited', role: 'operator', federations: ['mine'] };
  const { token } = (await api.call('POST', '/v1/tokens', { body })).json;
  const seen = (await api.call('GET', '/v1/audit', { token })).json.items;
  t.same(
    seen.map(({ action }: { action: string }) => action),
    ['openRound', 'createFederation'],
  );
  const others = await api.call('GET', '/v1/audit?federation=demo', { token });
  t.same(others.json, { items: [] });
  isProblem(t, await api.call('GET', '/v1/audit', { token: VIEWER_TOKEN }), 'role_insufficient');
});

t.test('pages without gap or double, and nothing of it can be changed', async (t) => {
  const all = await entries('?limit=1000');
  const paged: unknown[] = [];
  for (let cursor = '', more = true; more; more = cursor !== '') {
    const { json } = await api.call('GET', `/v1/audit?limit=5${cursor && `&cursor=${cursor}`}`);
    paged.push(...json.items);
    cursor = json.nextCursor ?? '';
  }
  t.same(paged, all);
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
    t.equal((await api.call(method, '/v1/audit')).status, 405);
  }
  for (const query of ['?cursor=x', '?federation=A', '?who=', '?limit=0', '?nonsense=1']) {
    isProblem(t, await api.call('GET', `/v1/audit${query}`), 'request_invalid', query);
  }
});

t.test('no body, query or free text of a path gets into it', async (t) => {
  const { redis, prefix } = api.services.ledger;
  const secret = 'florist_demo.north.secret-in-a-path';
  await api.call('PUT', `/v1/federations/demo/clients/${secret}`);
  await api.call('POST', `/v1/federations/demo/retention?${secret}=1`);
  await api.call('POST', '/v1/federations', { body: { name: secret } });
  const raw = JSON.stringify(await redis.xrange(`${prefix}:audit`, '-', '+'));
  t.notMatch(raw, 'secret-in-a-path');
  t.equal(await redis.hlen(`${prefix}:audit-begun`), 0, 'nothing stays begun');
});

t.test(
  'behind a trusted proxy it is the reader’s address that is entered, and nobody else is believed',
  async (t) => {
    const { services } = api;
    const settings = { ...services.settings, trustProxy: ['127.0.0.1', '::1'] };
    const trusting = await buildApp({ ...services, settings });
    t.teardown(() => trusting.close());
    const headers = {
      authorization: `Bearer ${OPERATOR_TOKEN}`,
      'x-forwarded-for': '203.0.113.7, 192.0.2.9',
    };
    const enter = async (app: typeof trusting) => {
      await app.inject({ method: 'POST', url: '/v1/federations', headers, payload: { name: 'demo' } });
      return (await entries('?limit=1'))[0].address;
    };
    t.equal(await enter(trusting), '192.0.2.9', 'the last that the proxy did not vouch for');
    t.equal(await enter(api.app), '127.0.0.1');
  },
);

t.test('where the trail cannot be written, nothing is changed', async (t) => {
  const { redis, prefix } = api.services.ledger;
  await redis.set(`${prefix}:audit-begun`, 'not a hash');
  const answer = await api.call('POST', '/v1/federations', { body: { name: 'unseen' } });
  t.equal(answer.status, 500);
  await redis.del(`${prefix}:audit-begun`);
  isProblem(t, await api.call('GET', '/v1/federations/unseen'), 'federation_not_found');
});
