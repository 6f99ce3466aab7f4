import { Refusal } from './refusal.js';

/** Errno codes of a disk without room. */
const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** Errno codes of a disk or a server that cannot be used now. */
const UNUSABLE = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'EIO',
  'EMFILE',
  'ENFILE',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** How ioredis and Redis itself say that a command could not be carried out, though it was a good one. */
const REDIS_OUTAGE =
  /^(Connection is closed|Stream isn't writeable|Command timed out|Socket timeout|Reached the max retries|(LOADING|READONLY|MISCONF|OOM|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|BUSY)\b)/;

const REDIS_ERRORS = new Set(['MaxRetriesPerRequestError', 'ClusterAllFailedError']);

/** Refusals that say of the service, and not of the request, that it does not work now. */
const OUTAGES = new Set<string>(['storage_full', 'service_unavailable']);

/**
 * Recognises a fault of Redis or of the disk that is over once somebody has made room, or the part is back; anything
 * else gives undefined. Nobody's mistake, so whoever can wait does what failed again, however long it takes.
 */
export function outageOf(error: unknown): Refusal | undefined {
  if (!(error instanceof Error)) {
    return undefined;
  }
  if (error instanceof Refusal) {
    return OUTAGES.has(error.code) ? error : undefined;
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (FULL.has(code)) {
    return new Refusal('storage_full', 'The disk of the service is full; an operator has to make room.');
  }
  if (UNUSABLE.has(code)) {
    return new Refusal('service_unavailable', 'A part of the service cannot be reached; try again shortly.');
  }
  if (REDIS_ERRORS.has(error.name) || REDIS_OUTAGE.test(error.message)) {
    return new Refusal('service_unavailable', 'The ledger cannot be reached; try again shortly.');
  }
  return undefined;
}
