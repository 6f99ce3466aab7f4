import type { WorkerStatus } from '@florist/core/schemas/system';
import { workersKey } from '@florist/storage/workers/workersKey';
import t from 'tap';
import { startService } from '../fixtures/service.js';
import { startWorkerProcess } from '../fixtures/workerProcess.js';

t.setTimeout(60_000);
const service = await startService(t);
const { redis } = service.ledger;
const key = workersKey(service.ledger);

async function statuses(): Promise<WorkerStatus[]> {
  return Object.values(await redis.hgetall(key)).map((text) => JSON.parse(text));
}

t.test('a worker says that it lives, what it computes on and how much at a time', async (t) => {
  const gone = { id: 'gone', seenAt: new Date(Date.now() - 60_000).toISOString(), aliveMs: 15_000 };
  await redis.hset(key, 'gone', JSON.stringify(gone));
  const worker = await startWorkerProcess(t, { ...service.env, FLORIST_WORKER_CONCURRENCY: '3' });
  const [status, ...others] = await statuses();
  t.strictSame(others, [], 'one that is gone is forgotten');
  t.match(status, { pid: worker.pid, provider: 'cpu', reason: 'asked for', concurrency: 3, threads: 1 });
  t.ok(Date.now() - Date.parse(status?.seenAt ?? '') < 5000);
  t.ok((await redis.pttl(key)) > 0, 'nobody need remove it');
  await worker.end('SIGTERM');
  t.strictSame(await statuses(), [], 'one that stops takes its leave');
});
