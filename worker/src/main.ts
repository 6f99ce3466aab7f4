import { readSettings } from '@florist/core/settings/readSettings';
import { chooseProvider } from './engine/chooseProvider.js';
import { chooseConcurrency } from './process/chooseConcurrency.js';
import { countCores } from './process/countCores.js';
import { openLog } from './process/openLog.js';
import { GIVE_BACK_MS, SHUTDOWN_MS } from './process/queueTimes.js';
import { startWorker } from './process/startWorker.js';

/** The worker's process: starts it as the environment says, and stops it on SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const { redisUrl, keyPrefix, blobUrl, executionProvider, logLevel, webhookPrivate } = settings;
  if (redisUrl === undefined) throw new Error('REDIS_URL must be set: the worker takes its jobs from there');
  const log = openLog(logLevel, 'worker');
  const choice = await chooseProvider(executionProvider);
  const concurrency = chooseConcurrency(await countCores(), settings.workerConcurrency);
  const worker = await startWorker({
    redisUrl,
    keyPrefix,
    blobUrl,
    choice,
    concurrency,
    webhookPrivate,
    log,
  });

  const stop = (signal: NodeJS.Signals) => {
    log.info({ signal }, 'worker stopping');
    setTimeout(() => {
      setTimeout(() => process.exit(0), GIVE_BACK_MS);
      worker.giveBack().then(
        (jobs) => {
          log.warn({ jobs }, 'jobs given back for other workers');
          process.exit(0);
        },
        () => process.exit(0),
      );
    }, SHUTDOWN_MS).unref();
    worker.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'worker did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // whoever reads this may tell it to stop at once
  log.info({ ...choice, ...concurrency }, 'worker ready');
}

main().catch((error: unknown) => {
  process.stderr.write(`florist worker: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
