import type { Redis } from 'ioredis';
import { describeRedis } from './describeRedis.js';

/** Older ones lack commands that the ledger's scripts use. */
const VERSION_MIN = 7;

/**
 * What is wrong with how Redis is set up, in sentences: what it forgets, Florist has forgotten.
 * @throws Error with one line for a Redis that is too old
 */
export async function checkRedis(redis: Redis): Promise<string[]> {
  const { version, appendOnly, maxMemoryPolicy } = await describeRedis(redis);
  if (Number.parseInt(version, 10) < VERSION_MIN) {
    throw new Error(`Redis ${version} is too old: Florist needs ${VERSION_MIN} or newer`);
  }
  const faults: string[] = [];
  if (!appendOnly) faults.push('Redis keeps nothing across its restarts: set appendonly yes');
  if (maxMemoryPolicy !== 'noeviction') {
    faults.push(
      `Redis will forget rounds when it is full: set maxmemory-policy noeviction, not ${maxMemoryPolicy}`,
    );
  }
  if (appendOnly && (await syncs(redis)) === 'no') {
    faults.push(
      'Redis may lose half a minute of receipts in a power cut: set appendfsync always or everysec',
    );
  }
  return faults;
}

/** Undefined where a provider lets nobody ask. */
async function syncs(redis: Redis): Promise<string | undefined> {
  const [, value] = await redis.config('GET', 'appendfsync').then(
    (reply) => (Array.isArray(reply) ? reply.map(String) : []),
    () => [],
  );
  return value;
}
