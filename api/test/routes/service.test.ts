import t from 'tap';
import { isProblem } from '../fixtures/isProblem.js';
import { openFederation } from '../fixtures/openFederation.js';
import { startApi } from '../fixtures/startApi.js';
import { submit } from '../fixtures/submit.js';

const api = await startApi(t);

async function measured(name: string): Promise<number> {
  const { text } = await api.call('GET', '/metrics', { token: null });
  return Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.split(' ')[1] ?? 0,
  );
}

t.test('the probes answer anybody', async (t) => {
  for (const path of ['/healthz', '/readyz']) {
    const answer = await api.call('GET', path, { token: null });
    t.equal(answer.status, 200);
    t.same(answer.json, { status: 'ok' });
  }
});

t.test('measurements count what happened', async (t) => {
  await openFederation(api, 'demo', ['north']);
  const { json } = await submit(api, 'demo', 'north');
  await submit(api, 'demo', 'north');
  await submit(api, 'demo', 'north', { seed: 2 });
  t.equal(await measured('florist_submissions_total{outcome="accepted"}'), 1);
  t.equal(await measured('florist_submissions_total{outcome="same"}'), 1);
  t.equal(await measured('florist_submissions_total{outcome="refused"}'), 1);
  t.equal(await measured('florist_upload_bytes_total'), 3 * json.bytes);
  const route = '/v1/federations/:federation/rounds/:round/submissions/:client';
  t.equal(
    await measured(`florist_http_request_duration_seconds_count{method="PUT",route="${route}",status="201"}`),
    1,
  );
  await api.call('POST', '/v1/federations/demo/rounds/1/close');
  t.equal(await measured('florist_jobs{queue="florist-publish",state="waiting-children"}'), 1);
});

t.test('measurements tell how the service is', async (t) => {
  const { redis, prefix } = api.services.ledger;
  const seen = { id: 'w', startedAt: new Date(), seenAt: new Date(), aliveMs: 60_000 };
  await redis.hset(`${prefix}:workers`, 'w', JSON.stringify(seen));
  t.equal(await measured('florist_workers'), 1);
  t.equal(await measured('florist_rounds{state="aggregating"}'), 1);
  t.equal(await measured('florist_rounds{state="failed"}'), 0);
  t.equal(await measured('florist_redis_up'), 1);
  t.equal(await measured('florist_redis_aof_ok'), 0, 'the Redis of these tests writes no file');
  t.ok((await measured('florist_redis_used_bytes')) > 100_000);
  t.equal(await measured('florist_blobs_writable'), 1);
  t.ok((await measured('florist_blob_free_bytes')) > 0);
  t.equal(await measured('florist_reconciler_findings'), 0);
  t.equal(await measured('florist_jobs{queue="florist-webhook",state="failed"}'), 0);
  t.ok((await measured('process_resident_memory_bytes')) > 1e6);
  const { text } = await api.call('GET', '/metrics', { token: null });
  t.notMatch(text, /^florist_(redis_max_bytes|tls_not_after_seconds) /m, 'what is not there has no value');
});

t.test('measurements come at once when Redis says nothing', async (t) => {
  process.kill(api.redis.pid, 'SIGSTOP');
  t.teardown(() => process.kill(api.redis.pid, 'SIGCONT'));
  const begun = performance.now();
  const { status, text } = await api.call('GET', '/metrics', { token: null });
  t.equal(status, 200);
  t.ok(performance.now() - begun < 3_000);
  t.match(text, /^florist_redis_up 0$/m);
  t.match(text, /^florist_blobs_writable 1$/m);
  t.notMatch(text, /^florist_(jobs|rounds|workers|redis_aof_ok)[{ ]/m, 'nothing that is not known');
});

t.test('measurements hold no names', async (t) => {
  const { text } = await api.call('GET', '/metrics', { token: null });
  t.notMatch(text, /demo|north/);
});

t.test('a request has one id in its answer, its problem and the logs', async (t) => {
  const answer = await api.call('GET', '/v1/federations/nowhere', { headers: { 'x-request-id': 'forged' } });
  t.equal(answer.headers['x-request-id'], answer.json.instance);
  t.match(answer.json.instance, /^[0-9a-f-]{36}$/);
  t.ok(api.logged().includes(answer.json.instance));
});

t.test('a path that exists under another method says which', async (t) => {
  const answer = await api.call('DELETE', '/v1/federations/demo/rounds/1');
  t.equal(answer.status, 405);
  t.equal(answer.headers.allow, 'GET, HEAD');
});

t.test('a file that there is not is not found, under a path that has files too', async (t) => {
  isProblem(t, await api.call('GET', '/docs/static/none.js', { token: null }), 'route_not_found');
  isProblem(t, await api.call('PUT', '/docs/static/none.js', { token: null }), 'method_not_allowed');
});

t.test('a refusal repeats no more of a path than tells which was meant', async (t) => {
  const { detail } = (await api.call('GET', `/${'x'.repeat(5000)}`, { token: null })).json;
  t.match(detail, /^There is nothing at GET \/x+…\.$/);
  t.ok(detail.length < 300);
});
