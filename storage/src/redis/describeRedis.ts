import type { RedisStatus } from '@florist/core/schemas/system';
import type { Redis } from 'ioredis';
import { type Fields, need } from '../ledger/fields.js';

/** What the redis-server says of itself: memory, persistence, age. */
export async function describeRedis(redis: Redis): Promise<RedisStatus> {
  // one section each, since servers before 7 take no more
  const sections = await Promise.all(
    ['server', 'clients', 'memory', 'persistence'].map((section) => redis.info(section)),
  );
  const fields = parseInfo(sections.join('\n'));
  const maxMemoryBytes = Number(need(fields, 'maxmemory'));
  return {
    version: need(fields, 'redis_version'),
    uptimeSeconds: Number(need(fields, 'uptime_in_seconds')),
    usedMemoryBytes: Number(need(fields, 'used_memory')),
    ...(maxMemoryBytes > 0 && { maxMemoryBytes }),
    systemMemoryBytes: Number(need(fields, 'total_system_memory')),
    maxMemoryPolicy: need(fields, 'maxmemory_policy'),
    appendOnly: need(fields, 'aof_enabled') === '1',
    lastWrite: need(fields, 'aof_last_write_status') === 'ok' ? 'ok' : 'err',
    connectedClients: Number(need(fields, 'connected_clients')),
  };
}

/** Reads `name:value` lines; the others are headings. */
function parseInfo(text: string): Fields {
  const pairs = text.split(/\r?\n/).flatMap((line) => {
    const [, name, value] = /^(\w+):(.*)$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(pairs);
}
