import { rename, rm, statfs, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { WorkerStatus } from '@florist/core/schemas/system';
import { workersKey } from '@florist/storage/workers/workersKey';
import t from 'tap';
import { isProblem } from '../fixtures/isProblem.js';
import { openFederation } from '../fixtures/openFederation.js';
import { startApi } from '../fixtures/startApi.js';
import { submit } from '../fixtures/submit.js';

const api = await startApi(t);
const { ledger, settings } = api.services;
const system = async () => (await api.call('GET', '/v1/system')).json;

t.test('says what the service stands on', async (t) => {
  const { api: self, workers, redis, blobs } = await system();
  t.match(self, { version: /^\d+\.\d+\.\d+$/, nodeVersion: process.version, host: hostname() });
  t.ok(self.uptimeSeconds <= process.uptime());
  t.strictSame(workers, []);
  t.match(redis, { appendOnly: false, lastWrite: 'ok', maxMemoryPolicy: 'noeviction' });
  t.equal(redis.version, /redis_version:(\S+)/.exec(await ledger.redis.info('server'))?.[1]);
  t.equal(blobs.writable, true);
  const { blocks, bsize } = await statfs(settings.dataDir);
  t.equal(blobs.totalBytes, blocks * bsize);
  t.ok(blobs.freeBytes > 0 && blobs.freeBytes <= blobs.totalBytes);
});

t.test('lists the workers that are alive, with what they compute on and why', async (t) => {
  const now = ledger.now().getTime();
  const worker = (id: string, silentMs: number): WorkerStatus => ({
    ...{ id, host: 'gpu-1', pid: 7, provider: 'cpu', concurrency: 2, threads: 4, aliveMs: 15_000 },
    reason: 'CUDA is not available: no driver',
    startedAt: new Date(now - 60_000).toISOString(),
    seenAt: new Date(now - silentMs).toISOString(),
  });
  const alive = worker('alive', 1_000);
  for (const status of [alive, worker('gone', 30_000)]) {
    await ledger.redis.hset(workersKey(ledger), status.id, JSON.stringify(status));
  }
  t.strictSame((await system()).workers, [alive]);
});

t.test('counts the work that waits when nobody takes it', async (t) => {
  const idle = (await system()).queues;
  t.strictSame(
    idle.map(({ name }: { name: string }) => name),
    ['florist-aggregate', 'florist-publish', 'florist-sum', 'florist-sweep', 'florist-webhook'],
  );
  t.ok(idle.every(({ waiting, active }: { waiting: number; active: number }) => waiting + active === 0));
  await openFederation(api, 'demo', ['north', 'south']);
  await submit(api, 'demo', 'north');
  await submit(api, 'demo', 'south');
  await api.call('POST', '/v1/federations/demo/rounds/1/close');
  const [aggregate, publish] = (await system()).queues;
  t.ok(aggregate.waiting > 0);
  t.match(publish, { waiting: 0, waitingForParts: 1, failed: 0 });
});

t.test('describes a blob store that cannot be written, and works on', async (t) => {
  const folder = join(settings.dataDir, 'blobs');
  await rename(folder, `${folder}-away`);
  await writeFile(folder, 'no folder');
  t.teardown(async () => {
    await rm(folder);
    await rename(`${folder}-away`, folder);
  });
  const { blobs, redis } = await system();
  t.match(blobs, { writable: false, problem: 'ENOTDIR' });
  t.notOk('freeBytes' in blobs);
  t.ok(redis.version);
});

t.test('does not answer without Redis, and says so', async (t) => {
  await api.redis.stop();
  isProblem(t, await api.call('GET', '/v1/system'), 'service_unavailable');
});
