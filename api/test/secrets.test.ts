import t from 'tap';
import { openFederation } from './fixtures/openFederation.js';
import { OPERATOR_TOKEN, VIEWER_TOKEN } from './fixtures/openServices.js';
import { startApi } from './fixtures/startApi.js';
import { submit } from './fixtures/submit.js';

const api = await startApi(t);

t.test('no token is ever logged or shown again, at the level trace', async (t) => {
  const tokens = await openFederation(api, 'demo', ['north', 'south']);
  const secrets = [OPERATOR_TOKEN, VIEWER_TOKEN, ...Object.values(tokens), 'wrong-token-of-a-client'];
  const shown: string[] = [];
  for (const token of [null, ...secrets]) {
    for (const path of [
      '/v1/federations/demo',
      '/v1/federations/demo/clients',
      '/v1/nowhere',
      '/readyz',
      '/metrics',
    ]) {
      shown.push((await api.call('GET', path, { token })).text);
    }
    shown.push((await submit(api, 'demo', 'north', {}, { token })).text);
    shown.push(
      (
        await api.call('POST', '/v1/federations', {
          token,
          body: '{"name":',
          headers: { 'content-type': 'application/json' },
        })
      ).text,
    );
  }
  const rotated = await api.call('POST', '/v1/federations/demo/clients/north/token');
  secrets.push(rotated.json.token);
  const everything = api.logged() + shown.join('\n');
  t.ok(api.logged().includes('"level":30'), 'there are logs to look at');
  for (const secret of secrets) {
    t.notOk(everything.includes(secret), `${secret.slice(0, 12)}…`);
    t.notOk(everything.includes(secret.split('.').at(-1) ?? secret), 'nor its secret part');
  }
});

t.test('the logger itself covers what should never be given to it', async (t) => {
  api.app.log.info(
    {
      req: { headers: { authorization: 'Bearer leak-1' } },
      token: 'leak-2',
      settings: { operatorToken: 'leak-3' },
    },
    'careless',
  );
  t.match(api.logged(), /careless/);
  t.notMatch(api.logged(), /leak-/);
});

t.test('every response names its kind strictly', async (t) => {
  for (const path of ['/healthz', '/v1/federations', '/nowhere', '/docs/']) {
    const { headers } = await api.call('GET', path);
    t.equal(headers['x-content-type-options'], 'nosniff', path);
    t.match(headers['content-security-policy'], /frame-ancestors 'none'/, path);
    t.equal(headers['x-powered-by'], undefined);
  }
});
