import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { awaitReady } from '../../src/redis/awaitReady.js';
import { checkRedis } from '../../src/redis/checkRedis.js';
import { connectRedis } from '../../src/redis/connectRedis.js';
import { freePort } from '../../src/redis/freePort.js';
import { startRedisServer } from '../../src/redis/startRedisServer.js';

const dir = await mkdtemp(join(tmpdir(), 'florist-ready-'));
const server = await startRedisServer({ dir });
t.teardown(async () => {
  await server.stop();
  await rm(dir, { recursive: true, force: true });
});

/** Long enough that only what ends the wait at once comes before it. */
const PATIENCE_MS = 20_000;

const connect = (url: string) => connectRedis(url, { onError: () => {} });

t.test('resolves once the connection serves', async (t) => {
  const redis = connect(server.url);
  t.teardown(() => redis.disconnect());
  await awaitReady(redis, PATIENCE_MS);
  t.equal(redis.status, 'ready');
  t.equal(redis.listenerCount('error'), 1, 'and listens no more');
});

t.test('what time does not heal is told at once', async (t) => {
  const begun = performance.now();
  const wrong = connect(server.url.replace(/:[^:@]+@/, ':wrong@'));
  await t.rejects(awaitReady(wrong, PATIENCE_MS), /does not take the user and password of REDIS_URL/);
  const none = connect(`redis://127.0.0.1:${server.port}`);
  await t.rejects(awaitReady(none, PATIENCE_MS), /asks for a password, and REDIS_URL has none/);
  t.ok(performance.now() - begun < PATIENCE_MS / 4);
});

t.test('who is not there is told with the reason', async (t) => {
  const redis = connect(`redis://127.0.0.1:${await freePort()}`);
  await t.rejects(awaitReady(redis, 300), /cannot be reached within 0.3 s \(ECONNREFUSED\); check REDIS_URL/);
});

t.test('says what a Redis would lose', async (t) => {
  const redis = connect(server.url);
  t.teardown(() => redis.disconnect());
  t.strictSame(await checkRedis(redis), []);
  await redis.config('SET', 'maxmemory-policy', 'allkeys-lru', 'appendfsync', 'no');
  t.match(await checkRedis(redis), [/maxmemory-policy noeviction, not allkeys-lru/, /appendfsync always/]);
  await redis.config('SET', 'appendonly', 'no');
  t.match(await checkRedis(redis), [/set appendonly yes/, /noeviction/]);
});
