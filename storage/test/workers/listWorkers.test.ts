import type { WorkerStatus } from '@florist/core/schemas/system';
import t from 'tap';
import { listWorkers } from '../../src/workers/listWorkers.js';
import { workersKey } from '../../src/workers/workersKey.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);
const ALIVE_MS = 15_000;

function status(id: string, startedSecondsAgo: number): WorkerStatus {
  const now = redis.clock.now();
  return {
    id,
    ...{ host: 'gpu-1', pid: 7, provider: 'cuda', reason: 'CUDA works', concurrency: 2, threads: 8 },
    startedAt: new Date(now.getTime() - startedSecondsAgo * 1000).toISOString(),
    seenAt: now.toISOString(),
    aliveMs: ALIVE_MS,
  };
}

t.test('lists who is alive, the longest running first, and nobody else', async (t) => {
  const ledger = redis.ledger();
  t.strictSame(await listWorkers(ledger), []);
  const [old, young] = [status('b', 90), status('a', 5)];
  for (const worker of [young, old]) {
    await ledger.redis.hset(workersKey(ledger), worker.id, JSON.stringify(worker));
  }
  t.strictSame(await listWorkers(ledger), [old, young]);
  t.strictSame(await listWorkers(redis.ledger()), [], 'another prefix has its own');

  redis.clock.advance(ALIVE_MS / 1000);
  t.equal((await listWorkers(ledger)).length, 2, 'a sign of life holds that long');
  const again = { ...young, seenAt: redis.clock.now().toISOString() };
  await ledger.redis.hset(workersKey(ledger), again.id, JSON.stringify(again));
  redis.clock.advance(1);
  t.strictSame(await listWorkers(ledger), [again], 'one that went silent is gone');
});
