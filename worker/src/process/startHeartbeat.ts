import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { WorkerStatus } from '@florist/core/schemas/system';
import type { Ledger } from '@florist/storage/ledger/openLedger';
import { workersKey } from '@florist/storage/workers/workersKey';
import type { Logger } from 'pino';
import { HEARTBEAT_MS } from './queueTimes.js';

/** Signs of life after which a worker counts as gone: two may be late. */
const MISSED_MAX = 3;

export type WorkerTraits = Pick<WorkerStatus, 'provider' | 'reason' | 'concurrency' | 'threads'>;

/** Says that this worker is alive, now and every few seconds. */
export async function startHeartbeat(ledger: Ledger, traits: WorkerTraits, log: Logger) {
  const key = workersKey(ledger);
  const aliveMs = MISSED_MAX * HEARTBEAT_MS;
  const fixed = { id: randomUUID(), host: hostname(), pid: process.pid, ...traits, aliveMs };
  const startedAt = ledger.now().toISOString();
  const beat = async () => {
    const status: WorkerStatus = { ...fixed, startedAt, seenAt: ledger.now().toISOString() };
    await ledger.redis.multi().hset(key, fixed.id, JSON.stringify(status)).pexpire(key, aliveMs).exec();
    await forgetGone(ledger, key);
  };
  await beat();
  const timer = setInterval(() => {
    beat().catch((error: unknown) => log.warn({ err: error }, 'heartbeat failed'));
  }, HEARTBEAT_MS);
  return {
    /** Says that this worker is gone. */
    async stop(): Promise<void> {
      clearInterval(timer);
      await ledger.redis.hdel(key, fixed.id);
    },
  };
}

/** Fields of a hash have no expiry of their own, so the living remove those of the dead. */
async function forgetGone(ledger: Ledger, key: string): Promise<void> {
  const now = ledger.now().getTime();
  const statuses = await ledger.redis.hgetall(key);
  const gone = Object.entries(statuses).filter(([, text]) => {
    const { seenAt, aliveMs }: WorkerStatus = JSON.parse(text);
    return now - Date.parse(seenAt) > aliveMs;
  });
  if (gone.length > 0) await ledger.redis.hdel(key, ...gone.map(([id]) => id));
}
