import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { connectRedis } from '../../src/redis/connectRedis.js';
import { describeRedis } from '../../src/redis/describeRedis.js';
import { startRedisServer } from '../../src/redis/startRedisServer.js';

t.test('tells memory, persistence and age as the server has them', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'florist-describe-'));
  const server = await startRedisServer({ dir });
  const redis = connectRedis(server.url);
  t.teardown(async () => {
    redis.disconnect();
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  });
  const before = await describeRedis(redis);
  t.match(before, {
    version: /^\d+\.\d+\.\d+$/,
    appendOnly: true,
    lastWrite: 'ok',
    maxMemoryPolicy: 'noeviction',
    connectedClients: 1,
  });
  t.notOk('maxMemoryBytes' in before, 'no limit, no figure');
  t.ok(before.systemMemoryBytes > before.usedMemoryBytes);
  t.ok(before.uptimeSeconds < 60);

  await redis.set('large', Buffer.alloc(8_000_000));
  await redis.config('SET', 'maxmemory', '1gb', 'maxmemory-policy', 'allkeys-lru');
  const after = await describeRedis(redis);
  t.ok(after.usedMemoryBytes >= before.usedMemoryBytes + 8_000_000);
  t.match(after, { maxMemoryBytes: 2 ** 30, maxMemoryPolicy: 'allkeys-lru' });
});
