import t from 'tap';
import type { Access } from '../../src/auth/checkAccess.js';
import { isProblem } from '../fixtures/isProblem.js';
import { openFederation } from '../fixtures/openFederation.js';
import { VIEWER_TOKEN } from '../fixtures/openServices.js';
import { type Api, type Method, startApi } from '../fixtures/startApi.js';

const api = await startApi(t);
const demo = await openFederation(api, 'demo', ['north', 'south']);
const other = await openFederation(api, 'other', ['north']);

const TOKENS: Record<string, string | null> = {
  nobody: null,
  operator: api.services.settings.operatorToken,
  viewer: VIEWER_TOKEN,
  north: demo.north ?? '',
  south: demo.south ?? '',
  stranger: other.north ?? '',
  operatorOfDemo: await tokenOf('operator', 'demo'),
  operatorOfOther: await tokenOf('operator', 'other'),
  viewerOfDemo: await tokenOf('viewer', 'demo'),
  viewerOfOther: await tokenOf('viewer', 'other'),
  operatorOfAll: await tokenOf('operator'),
};

async function tokenOf(role: string, ...federations: string[]): Promise<string> {
  const limits = federations.length > 0 ? { federations } : {};
  return (await api.call('POST', '/v1/tokens', { body: { name: role, role, ...limits } })).json.token;
}

const EVERYBODY = Object.keys(TOKENS);

const OPERATORS = ['operator', 'operatorOfAll', 'operatorOfDemo'];
const READERS = [...OPERATORS, 'viewer', 'viewerOfDemo'];

/** Who may pass, of those above, when the URL names the federation demo and the client north. */
const MAY: Record<Access, string[]> = {
  public: EVERYBODY,
  any: EVERYBODY.filter((who) => who !== 'nobody'),
  operator: OPERATORS,
  read: READERS,
  member: [...READERS, 'north', 'south'],
  participant: [...OPERATORS, 'north', 'south'],
  self: [...OPERATORS, 'north'],
  client: ['north', 'south'],
};

/** Routes that are about all federations: those of a token that is limited to some may not, but for these two. */
const NARROWED = new Set(['GET /v1/federations', 'GET /v1/audit']);

function whoMay(method: Method, path: string, access: Access): string[] {
  if (path.startsWith('/v1/federations/') || access === 'public' || access === 'any') {
    return MAY[access];
  }
  const limited = NARROWED.has(`${method} ${path}`) ? ['operatorOfOther', 'viewerOfOther'] : [];
  const role = access === 'operator' ? 'operator' : '';
  const whole = MAY[access].filter((who) => limited.length > 0 || !who.endsWith('OfDemo'));
  return [...whole, ...limited.filter((who) => who.startsWith(role))];
}

const WEBHOOK = 'wh-0123456789abcdef';
const TOKEN = 'tk-0123456789abcdef';
const UPLOAD = `u${'0123456789abcdef'.repeat(2)}`;

/** Every route of the contract and who it is for; written down anew, not read from the routes. */
const ROUTES: [Method, string, Access][] = [
  ['GET', '/healthz', 'public'],
  ['GET', '/readyz', 'public'],
  ['GET', '/metrics', 'public'],
  ['GET', '/openapi.json', 'public'],
  ['GET', '/docs/', 'public'],
  ['POST', '/v1/federations', 'operator'],
  ['GET', '/v1/federations', 'read'],
  ['GET', '/v1/federations/demo', 'member'],
  ['PATCH', '/v1/federations/demo', 'operator'],
  ['DELETE', '/v1/federations/demo', 'operator'],
  ['PUT', '/v1/federations/demo/clients/north', 'operator'],
  ['GET', '/v1/federations/demo/clients', 'member'],
  ['DELETE', '/v1/federations/demo/clients/north', 'operator'],
  ['POST', '/v1/federations/demo/clients/north/token', 'operator'],
  ['POST', '/v1/federations/demo/rounds', 'operator'],
  ['GET', '/v1/federations/demo/rounds', 'member'],
  ['GET', '/v1/federations/demo/rounds/1', 'member'],
  ['GET', '/v1/federations/demo/rounds/latest', 'member'],
  ['PUT', '/v1/federations/demo/rounds/1/submissions/north', 'self'],
  ['OPTIONS', '/v1/federations/demo/uploads', 'participant'],
  ['POST', '/v1/federations/demo/uploads', 'participant'],
  ['HEAD', `/v1/federations/demo/uploads/${UPLOAD}`, 'participant'],
  ['PATCH', `/v1/federations/demo/uploads/${UPLOAD}`, 'participant'],
  ['DELETE', `/v1/federations/demo/uploads/${UPLOAD}`, 'participant'],
  ['GET', '/v1/federations/demo/rounds/1/submissions', 'member'],
  ['GET', '/v1/federations/demo/rounds/1/submissions/north', 'member'],
  ['DELETE', '/v1/federations/demo/rounds/1/submissions/north', 'self'],
  ['POST', '/v1/federations/demo/rounds/1/close', 'operator'],
  ['POST', '/v1/federations/demo/rounds/1/cancel', 'operator'],
  ['POST', '/v1/federations/demo/rounds/1/retry', 'operator'],
  ['POST', '/v1/federations/demo/rounds/1/heartbeat', 'client'],
  ['GET', '/v1/federations/demo/rounds/1/participants', 'read'],
  ['GET', '/v1/federations/demo/assignment', 'client'],
  ['GET', '/v1/federations/demo/rounds/1/adapter/adapter_model.safetensors', 'member'],
  ['HEAD', '/v1/federations/demo/rounds/1/adapter/adapter_model.safetensors', 'member'],
  ['GET', '/v1/federations/demo/rounds/1/adapter/adapter_config.json', 'member'],
  ['HEAD', '/v1/federations/demo/rounds/1/adapter/adapter_config.json', 'member'],
  ['GET', '/v1/federations/demo/rounds/1/adapter/lineage', 'member'],
  ['GET', '/v1/federations/demo/adapter/adapter_model.safetensors', 'member'],
  ['HEAD', '/v1/federations/demo/adapter/adapter_model.safetensors', 'member'],
  ['GET', '/v1/federations/demo/adapter/adapter_config.json', 'member'],
  ['HEAD', '/v1/federations/demo/adapter/adapter_config.json', 'member'],
  ['GET', '/v1/federations/demo/adapter/lineage', 'member'],
  ['POST', '/v1/federations/demo/retention', 'operator'],
  ['GET', '/v1/federations/demo/rounds/1/spectrum', 'member'],
  ['GET', '/v1/federations/demo/rounds/1/weights', 'read'],
  ['GET', '/v1/federations/demo/rounds/1/comparison', 'member'],
  ['GET', '/v1/federations/demo/rounds/1/similarity', 'read'],
  ['GET', '/v1/federations/demo/rounds/1/adapters', 'member'],
  ['POST', '/v1/federations/demo/rounds/1/adapters', 'operator'],
  ['POST', '/v1/federations/demo/rounds/1/adapters/a1/promote', 'operator'],
  ['POST', '/v1/federations/demo/rounds/1/adapters/a1/evaluations', 'participant'],
  ['GET', '/v1/federations/demo/rounds/1/adapters/a1/evaluations', 'read'],
  ['GET', '/v1/federations/demo/events', 'member'],
  ['POST', '/v1/federations/demo/webhooks', 'operator'],
  ['GET', '/v1/federations/demo/webhooks', 'operator'],
  ['GET', `/v1/federations/demo/webhooks/${WEBHOOK}`, 'operator'],
  ['PATCH', `/v1/federations/demo/webhooks/${WEBHOOK}`, 'operator'],
  ['DELETE', `/v1/federations/demo/webhooks/${WEBHOOK}`, 'operator'],
  ['GET', `/v1/federations/demo/webhooks/${WEBHOOK}/deliveries`, 'operator'],
  ['POST', `/v1/federations/demo/webhooks/${WEBHOOK}/test`, 'operator'],
  ['GET', '/v1/system', 'read'],
  ['GET', '/v1/identity', 'any'],
  ['POST', '/v1/tokens', 'operator'],
  ['GET', '/v1/tokens', 'operator'],
  ['POST', `/v1/tokens/${TOKEN}/rotate`, 'operator'],
  ['DELETE', `/v1/tokens/${TOKEN}`, 'operator'],
  ['GET', '/v1/audit', 'operator'],
];

/** Asks in a way that changes nothing, whoever asks: what passes is stopped by a query that is not known. */
async function isStopped(api: Api, method: Method, path: string, token: string | null): Promise<number> {
  const { status } = await api.call(method, `${path}?probe=1`, { token });
  return status;
}

t.test('every route of the service is in this list', async (t) => {
  const documented = Object.entries(api.app.swagger().paths ?? {}).flatMap(([path, methods]) =>
    Object.keys(methods ?? {}).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const filled = (path: string) =>
    path
      .replace('{federation}', 'demo')
      .replace('{client}', 'north')
      .replace('{round}', '1')
      .replace('{adapter}', 'a1')
      .replace('{webhook}', WEBHOOK)
      .replace('{token}', TOKEN)
      .replace('{upload}', UPLOAD);
  const listed = ROUTES.map(([method, path]) => `${method} ${path}`);
  for (const route of documented) {
    t.ok(listed.includes(filled(route)), route);
  }
});

/** Calls of a permitted caller that would change something are left to the tests of the routes. */
const HARMLESS = new Set(['GET', 'HEAD']);

for (const [method, path, access] of ROUTES) {
  t.test(`${method} ${path} is for ${access}`, async (t) => {
    for (const [who, token] of Object.entries(TOKENS)) {
      const may = whoMay(method, path, access).includes(who);
      if (may && !HARMLESS.has(method)) {
        continue;
      }
      const status = path.endsWith('/events') && may ? 200 : await isStopped(api, method, path, token);
      const expected = may ? [200, 302, 400, 404, 409, 412] : [who === 'nobody' ? 401 : 403];
      t.ok(expected.includes(status), `${who}: ${status}`);
    }
  });
}

t.test('what does not exist looks the same to a stranger as what does', async (t) => {
  const token = TOKENS.stranger ?? '';
  for (const path of ['/v1/federations/demo', '/v1/federations/nowhere', '/v1/federations/demo/rounds/99']) {
    const { json } = await api.call('GET', path, { token });
    t.match(json, { code: 'role_insufficient' });
    t.same(json.detail, 'A token of the role client does not permit this.');
  }
});

t.test('a token that is none is refused, and how is said in WWW-Authenticate', async (t) => {
  const path = '/v1/federations/demo';
  const none = await api.call('GET', path, { token: null });
  isProblem(t, none, 'token_missing');
  t.equal(none.headers['www-authenticate'], 'Bearer');
  const wrong = [
    'Basic b3BlcmF0b3I6eA==',
    'Bearer',
    'Bearer ',
    'Bearer a b',
    'Bearer wrong',
    `Bearer ${TOKENS.operator}x`,
    `Bearer ${String(TOKENS.operator).slice(1)}`,
    `Bearer ${String(TOKENS.north).slice(0, -1)}`,
    `Bearer ${String(TOKENS.north).replace('north', 'south')}`,
    `Bearer ${String(TOKENS.north).replace('demo', 'other')}`,
    'Bearer florist_demo.north.',
    'Bearer florist_..',
    'Bearer florist_demo.__proto__.x',
  ];
  for (const authorization of wrong) {
    const answer = await api.call('GET', path, { token: null, headers: { authorization } });
    isProblem(t, answer, 'token_invalid', authorization);
    t.equal(answer.headers['www-authenticate'], 'Bearer error="invalid_token"');
  }
});

t.test('the scheme is read without regard to case', async (t) => {
  const headers = { authorization: `bEARER ${TOKENS.operator}` };
  t.equal((await api.call('GET', '/v1/federations/demo', { token: null, headers })).status, 200);
});
