import { Outage } from '@florist/core/errors/outage';
import type { Services } from '../services.js';
import { probe } from './probe.js';

/** How long what a probe writes stays, in milliseconds: it is of no use once written. */
const MARK_MS = 1_000;

/**
 * Writes to Redis and to the blob store: one that can only be read, such as a Redis without memory, is not ready.
 * @param stopping of the service: whoever shares out requests should send them elsewhere from then on
 * @throws Outage service_unavailable, which names what does not work
 */
export async function checkReadiness(
  { ledger, blobs }: Pick<Services, 'ledger' | 'blobs'>,
  stopping: AbortSignal,
): Promise<void> {
  if (stopping.aborted) {
    throw new Outage('service_unavailable', 'Not ready: this instance of the service is stopping.');
  }
  const failures = await Promise.all([
    probe('redis', () => writeRedis(ledger)),
    probe('blobs', () => blobs.check()),
  ]);
  const errors = failures.filter((failure) => failure !== undefined);
  if (errors.length > 0) {
    const names = errors.map(({ field }) => field).join(' and ');
    throw new Outage('service_unavailable', `Not ready: ${names} cannot be used.`, errors);
  }
}

async function writeRedis({ redis, prefix }: Services['ledger']): Promise<void> {
  if (redis.status !== 'ready') {
    throw new Error(`the connection is ${redis.status}`);
  }
  await redis.set(`${prefix}:ready`, '1', 'PX', MARK_MS);
}
