import { Refusal, type RefusalDetail } from '@florist/core/errors/refusal';
import type { Services } from '../services.js';

/** A part that has not answered by now, in milliseconds, is as good as down for whoever waits. */
const PROBE_TIMEOUT_MS = 2_000;

/**
 * Asks Redis and the blob store whether they work.
 * @throws Refusal service_unavailable, which names what does not
 */
export async function checkReadiness({ ledger, blobs }: Pick<Services, 'ledger' | 'blobs'>): Promise<void> {
  const failures = await Promise.all([
    probe('redis', () => ping(ledger.redis)),
    probe('blobs', () => blobs.check()),
  ]);
  const errors = failures.filter((failure) => failure !== undefined);
  if (errors.length > 0) {
    const names = errors.map(({ field }) => field).join(' and ');
    throw new Refusal('service_unavailable', `Not ready: ${names} cannot be used.`, errors);
  }
}

async function ping(redis: Services['ledger']['redis']): Promise<void> {
  if (redis.status !== 'ready') {
    throw new Error(`the connection is ${redis.status}`);
  }
  await redis.ping();
}

async function probe(field: string, attempt: () => Promise<void>): Promise<RefusalDetail | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PROBE_TIMEOUT_MS} ms`)), PROBE_TIMEOUT_MS);
  });
  try {
    await Promise.race([attempt(), tooLate]);
    return undefined;
  } catch (error) {
    return { field, detail: causeOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** Errno codes say enough; messages of the file system hold paths that are nobody's business. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return 'failed';
  }
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
