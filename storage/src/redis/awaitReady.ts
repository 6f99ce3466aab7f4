import type { Redis } from 'ioredis';

const POLL_MS = 50;

/** How Node calls a certificate of an unknown CA, one that is not valid now, and one of another name. */
const UNTRUSTED = /SELF_SIGNED|UNABLE_TO_|CERT_|ALTNAME/;

/**
 * Waits for a connection that may still be coming up. What time does not heal ends the wait at once.
 * @param timeoutMs without it there is no end to the wait for a Redis that may yet start
 * @throws Error with one line that says where Redis was looked for and what came of it
 */
export async function awaitReady(redis: Redis, timeoutMs = Number.POSITIVE_INFINITY): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  const where = `Redis at ${redis.options.host}:${redis.options.port}`;
  let last: Error | undefined;
  const remember = (error: Error) => {
    last = error;
  };
  redis.on('error', remember);
  try {
    while (redis.status !== 'ready') {
      const refusal = last && refusalOf(where, last);
      if (refusal !== undefined) throw new Error(refusal);
      if (Date.now() > deadline) {
        const why = last === undefined ? '' : ` (${causeOf(last)})`;
        throw new Error(`${where} cannot be reached within ${timeoutMs / 1_000} s${why}; check REDIS_URL`);
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  } catch (error) {
    redis.disconnect();
    throw error;
  } finally {
    redis.off('error', remember);
  }
}

/** Why another try would end the same way; undefined where one may not. */
function refusalOf(where: string, error: Error): string | undefined {
  if (/\bWRONGPASS\b/.test(error.message)) return `${where} does not take the user and password of REDIS_URL`;
  if (/\bNOAUTH\b/.test(error.message)) return `${where} asks for a password, and REDIS_URL has none`;
  const cause = causeOf(error);
  if (!UNTRUSTED.test(cause)) return undefined;
  return `the certificate of ${where} is not trusted (${cause}): set NODE_EXTRA_CA_CERTS to the file of its CA, and REDIS_URL to a name that it was made for`;
}

function causeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
