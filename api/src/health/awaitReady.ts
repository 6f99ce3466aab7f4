import type { Ledger } from '@florist/storage/ledger/openLedger';

/**
 * Waits for a connection that may still be coming up.
 * @throws Error with one line that says where Redis was looked for
 */
export async function awaitReady(redis: Ledger['redis'], timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (redis.status !== 'ready') {
    if (Date.now() > deadline) {
      const { host, port } = redis.options;
      redis.disconnect();
      throw new Error(
        `Redis at ${host}:${port} cannot be reached within ${timeoutMs / 1_000} s; check REDIS_URL`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

const POLL_MS = 50;
