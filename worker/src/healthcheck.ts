import { hostname } from 'node:os';
import { readSettings } from '@florist/core/settings/readSettings';
import { openLedger } from '@florist/storage/ledger/openLedger';
import { connectRedis } from '@florist/storage/redis/connectRedis';
import { listWorkers } from '@florist/storage/workers/listWorkers';

/** How long Redis may take, in milliseconds: shorter than whoever runs this waits. */
const TIMEOUT_MS = 4_000;

/** Ends with 0 when a worker of this host, which in a container is the only one, has lately said that it is alive. */
async function checkHealth(): Promise<boolean> {
  const { redisUrl, keyPrefix: prefix } = readSettings(process.env);
  if (redisUrl === undefined) return false;
  const redis = connectRedis(redisUrl, { name: 'florist-healthcheck', onError: () => undefined });
  const workers = await listWorkers(openLedger(redis, { prefix }));
  return workers.some(({ host }) => host === hostname());
}

setTimeout(() => process.exit(1), TIMEOUT_MS);
process.exit((await checkHealth().catch(() => false)) ? 0 : 1);
