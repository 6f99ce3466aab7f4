import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openLedger } from '@florist/storage/ledger/openLedger';
import { connectRedis } from '@florist/storage/redis/connectRedis';
import { startRedisServer } from '@florist/storage/redis/startRedisServer';
import { pino } from 'pino';
import t from 'tap';
import { startHeartbeat } from '../src/process/startHeartbeat.js';

const HEALTHCHECK = fileURLToPath(new URL('../dist/healthcheck.js', import.meta.url));

const redis = await startRedisServer({ dir: t.testdir({}), appendOnly: false });
const connection = connectRedis(redis.url);
t.teardown(async () => {
  connection.disconnect();
  await redis.stop();
});

async function healthOf(env: Record<string, string>): Promise<number> {
  const [code] = await once(spawn(process.execPath, [HEALTHCHECK], { env }), 'exit');
  return code;
}

t.test('a worker is healthy while it says that it is alive', async (t) => {
  const env = { REDIS_URL: redis.url };
  t.equal(await healthOf(env), 1, 'not before');
  const traits = { provider: 'cpu', reason: 'told to', concurrency: 1, threads: 1 } as const;
  const heartbeat = await startHeartbeat(openLedger(connection), traits, pino({ level: 'silent' }));
  t.equal(await healthOf(env), 0);
  t.equal(await healthOf({ ...env, FLORIST_KEY_PREFIX: 'other' }), 1, 'nor for another installation');
  await heartbeat.stop();
  t.equal(await healthOf(env), 1, 'nor after');
});

t.test('without a Redis it is not', async (t) => {
  t.equal(await healthOf({}), 1);
});
