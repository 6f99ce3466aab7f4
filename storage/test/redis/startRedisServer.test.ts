import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { connectRedis } from '../../src/redis/connectRedis.js';
import { processIdentity } from '../../src/redis/processIdentity.js';
import { startRedisServer } from '../../src/redis/startRedisServer.js';

t.test('serves on loopback with a password, never evicting and with every write on disk', async (t) => {
  const server = await startRedisServer({ dir: t.testdir() });
  t.teardown(() => server.stop());
  const redis = connectRedis(server.url);
  t.teardown(() => redis.quit());
  t.equal(await redis.ping(), 'PONG');
  const config = async (name: string) => (await redis.config('GET', name)) as string[];
  t.strictSame(await config('bind'), ['bind', '127.0.0.1']);
  t.strictSame(await config('maxmemory-policy'), ['maxmemory-policy', 'noeviction']);
  t.strictSame(await config('appendonly'), ['appendonly', 'yes']);
  t.strictSame(await config('appendfsync'), ['appendfsync', 'always']);
  const commandLine = await readFile(`/proc/${server.pid}/cmdline`, 'utf8');
  t.notMatch(commandLine, new URL(server.url).password);

  const stranger = connectRedis(`redis://127.0.0.1:${server.port}`, { onError: () => {} });
  t.teardown(() => stranger.disconnect());
  await t.rejects(stranger.get('x'), { message: /NOAUTH/ });
});

t.test('kill -9 keeps everything that was acknowledged', async (t) => {
  const dir = t.testdir();
  const first = await startRedisServer({ dir });
  const acknowledged: string[] = [];
  const writers = Array.from({ length: 10 }, async (_, writer) => {
    const redis = connectRedis(first.url, { maxRetriesPerRequest: 0, onError: () => {} });
    for (let index = 0; ; index++) {
      const key = `${writer}:${index}`;
      const done = await redis.set(key, 'kept').catch(() => undefined);
      if (done === undefined) break;
      acknowledged.push(key);
      if (acknowledged.length === 500) process.kill(first.pid, 'SIGKILL');
    }
    redis.disconnect();
  });
  t.match(await first.died, /SIGKILL/);
  await Promise.all(writers);

  const second = await startRedisServer({ dir });
  t.teardown(() => second.stop());
  const again = connectRedis(second.url);
  t.teardown(() => again.quit());
  t.ok(acknowledged.length >= 500);
  t.equal(await again.exists(...acknowledged), acknowledged.length);
});

t.test('answers only after a long append-only file is loaded', async (t) => {
  const dir = t.testdir();
  const first = await startRedisServer({ dir });
  const redis = connectRedis(first.url);
  await redis.eval(`for i = 1, 200000 do redis.call('SET', 'key:' .. i, i) end`, 0);
  await redis.quit();
  await first.stop();
  const second = await startRedisServer({ dir });
  t.teardown(() => second.stop());
  const again = connectRedis(second.url);
  t.teardown(() => again.quit());
  t.equal(await again.dbsize(), 200_000);
});

t.test('a folder in use is refused, and is free again after stop', async (t) => {
  const dir = t.testdir();
  const first = await startRedisServer({ dir });
  await t.rejects(startRedisServer({ dir }), { message: new RegExp(`in use by process ${process.pid}`) });
  await first.stop();
  await first.stop();
  const second = await startRedisServer({ dir });
  await second.stop();
  t.equal(await readFile(join(dir, 'redis-server.lock.2'), 'utf8'), '{}', 'let go');
});

t.test('of many that want one folder at once, one gets it', async (t) => {
  const dir = t.testdir();
  const tries = await Promise.allSettled(Array.from({ length: 5 }, () => startRedisServer({ dir })));
  const got = tries.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  t.teardown(() => Promise.all(got.map((server) => server.stop())));
  t.equal(got.length, 1);
});

t.test('a server whose owner was killed ends, and its data is taken over', async (t) => {
  const dir = t.testdir();
  const fixture = fileURLToPath(new URL('../fixtures/ownRedis.ts', import.meta.url));
  const owner = spawn(process.execPath, ['--import=tsx', fixture, dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(owner.stdout.setEncoding('utf8'), 'data');
  const orphan = JSON.parse(String(line));
  const redis = connectRedis(orphan.url, { onError: () => {} });
  await redis.set('kept', 'yes');
  redis.disconnect();
  const exited = once(owner, 'exit');
  owner.kill('SIGKILL');
  await exited;
  const server = await startRedisServer({ dir });
  t.teardown(() => server.stop());
  t.equal(await processIdentity(orphan.pid), undefined);
  const again = connectRedis(server.url);
  t.teardown(() => again.quit());
  t.equal(await again.get('kept'), 'yes');
});

t.test('a lock left by a process number that now belongs to another is taken over', async (t) => {
  const dir = t.testdir();
  const stranger = { pid: process.pid, identity: 'started at another time' };
  await writeFile(join(dir, 'redis-server.lock.1'), JSON.stringify({ owner: stranger }));
  const server = await startRedisServer({ dir });
  const lock = JSON.parse(await readFile(join(dir, 'redis-server.lock.2'), 'utf8'));
  t.equal(lock.server.pid, server.pid);
  t.not(lock.owner.identity, stranger.identity);
  await server.stop();
});

t.test('a given port that is taken is an error, with what redis-server said', async (t) => {
  const blocker = createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  t.teardown(() => blocker.close());
  const address = blocker.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  await t.rejects(startRedisServer({ dir: t.testdir(), port }), {
    message: new RegExp(`did not start on port ${port}: .*Address already in use`, 's'),
  });
});

t.test('without redis-server on the PATH the message says how to get it', async (t) => {
  const path = process.env.PATH;
  process.env.PATH = t.testdir();
  t.teardown(() => {
    process.env.PATH = path;
  });
  await t.rejects(startRedisServer({ dir: t.testdir() }), {
    message: 'redis-server is not on the PATH; install it with: apt-get install redis-server',
  });
});
