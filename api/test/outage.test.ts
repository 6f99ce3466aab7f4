import { chmod, rename } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { isProblem } from './fixtures/isProblem.js';
import { openFederation } from './fixtures/openFederation.js';
import { startApi } from './fixtures/startApi.js';
import { submit } from './fixtures/submit.js';

const api = await startApi(t);
await openFederation(api, 'demo', ['north', 'south']);

t.test('a disk that cannot be written to is named, and passes', async (t) => {
  const drafts = join(api.services.settings.dataDir, 'blobs', 'tmp');
  await rename(drafts, `${drafts}-away`);
  const ready = await api.call('GET', '/readyz', { token: null });
  isProblem(t, ready, 'service_unavailable');
  t.match(ready.json.errors, [{ field: 'blobs' }]);
  t.notMatch(ready.text, /\/tmp|\.tap/, 'paths are nobody’s business');
  t.ok((await submit(api, 'demo', 'north')).status >= 500);
  await rename(`${drafts}-away`, drafts);
  await chmod(drafts, 0o700);
  t.equal((await api.call('GET', '/readyz', { token: null })).status, 200);
  t.equal((await submit(api, 'demo', 'north')).status, 201);
});

t.test('a Redis without memory refuses what would change it, and is named', async (t) => {
  const { redis } = api.services.ledger;
  await redis.config('SET', 'maxmemory', '1');
  isProblem(t, await submit(api, 'demo', 'south'), 'service_unavailable');
  const refused = await api.call('POST', '/v1/federations', { body: { name: 'another' } });
  isProblem(t, refused, 'service_unavailable');
  t.match(refused.headers['retry-after'], /^\d+$/);
  const ready = await api.call('GET', '/readyz', { token: null });
  isProblem(t, ready, 'service_unavailable');
  t.match(ready.json.errors, [{ field: 'redis', detail: /OOM/ }]);
  t.equal((await api.call('GET', '/v1/federations/demo')).status, 200, 'what was there can be read');
  await redis.config('SET', 'maxmemory', '0');
  t.equal((await api.call('GET', '/readyz', { token: null })).status, 200);
});

t.test('while Redis is away requests are told to come back', async (t) => {
  const { port, url, stop } = api.redis;
  const password = new URL(url).password;
  await stop();
  const refused = await api.call('GET', '/v1/federations/demo');
  isProblem(t, refused, 'service_unavailable');
  t.match(refused.headers['retry-after'], /^\d+$/);
  isProblem(t, await submit(api, 'demo', 'south'), 'service_unavailable');
  const ready = await api.call('GET', '/readyz', { token: null });
  isProblem(t, ready, 'service_unavailable');
  t.match(ready.json.errors, [{ field: 'redis' }]);
  t.equal((await api.call('GET', '/healthz', { token: null })).status, 200, 'the process itself is well');
  t.notMatch(ready.text + refused.text, new RegExp(`${port}|${password}`));
});
