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
  secrets.push(rotated.json.token, ...(await useServiceToken()));
  for (const path of ['/v1/tokens', '/v1/audit?limit=1000', '/v1/identity', '/v1/federations/demo/clients']) {
    shown.push((await api.call('GET', path)).text);
  }
  shown.push(await everythingInRedis());
  const everything = api.logged() + shown.join('\n');
  t.ok(api.logged().includes('"level":30'), 'there are logs to look at');
  for (const secret of secrets) {
    t.notOk(everything.includes(secret), `${secret.slice(0, 12)}…`);
    t.notOk(everything.includes(secret.split('.').at(-1) ?? secret), 'nor its secret part');
  }
});

/** Makes a token, uses and rotates it, and sends it wrongly; its secrets. */
async function useServiceToken(): Promise<string[]> {
  const made = await api.call('POST', '/v1/tokens', { body: { name: 'Ada', role: 'operator' } });
  const { id, token } = made.json;
  const rotated = await api.call('POST', `/v1/tokens/${id}/rotate`, { token, body: { overlapSeconds: 60 } });
  await api.call('POST', `/v1/tokens/${token}/rotate`);
  await api.call('POST', '/v1/tokens', { body: { name: 1, role: token } });
  await api.call('GET', `/v1/nowhere/${token}?token=${token}`);
  await api.call('GET', '/v1/identity', { token: `${token}x` });
  await api.call('DELETE', `/v1/tokens/${id}`, { token: rotated.json.token });
  await api.call('GET', '/v1/identity', { token });
  return [token, rotated.json.token];
}

/** Every value that the ledger holds, of every kind of key. */
async function everythingInRedis(): Promise<string> {
  const { redis } = api.services.ledger;
  const values = (await redis.keys('*')).map(async (key) => {
    switch (await redis.type(key)) {
      case 'hash':
        return redis.hgetall(key);
      case 'stream':
        return redis.xrange(key, '-', '+');
      case 'zset':
        return redis.zrange(key, 0, '-1');
      case 'set':
        return redis.smembers(key);
      default:
        return redis.get(key);
    }
  });
  return JSON.stringify(await Promise.all(values));
}

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
