import { Outage } from './outage.js';
import { ProblemError } from './problemError.js';

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

/**
 * Recognises a fault of Redis or of the disk that is over once somebody has made room, or the part is back; anything
 * else gives undefined. Nobody's mistake, so whoever can wait does what failed again, however long it takes.
 */
export function outageOf(error: unknown): Outage | undefined {
  if (error instanceof Outage) {
    return error;
  }
  if (!(error instanceof Error) || error instanceof ProblemError) {
    return undefined;
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (FULL.has(code)) {
    return new Outage('storage_full', 'The disk of the service is full; an operator has to make room.');
  }
  if (UNUSABLE.has(code)) {
    return new Outage('service_unavailable', 'A part of the service cannot be reached; try again shortly.');
  }
  if (REDIS_ERRORS.has(error.name) || REDIS_OUTAGE.test(error.message)) {
    return new Outage('service_unavailable', 'The ledger cannot be reached; try again shortly.');
  }
  return undefined;
}
