import { type Environment, readSettings } from '@florist/core/settings/readSettings';
import { openBlobs } from '@florist/storage/blobs/openBlobs';
import { openLedger } from '@florist/storage/ledger/openLedger';
import { connectRedis } from '@florist/storage/redis/connectRedis';
import type { AggregationContext } from '../aggregation/aggregationContext.js';
import { bufferPool } from '../aggregation/bufferPool.js';
import { inTurn } from '../aggregation/inTurn.js';
import { openRoundReader } from '../aggregation/openRoundReader.js';
import { describeEngine } from '../engine/describeEngine.js';
import { openOnnxKernel } from '../engine/openOnnxKernel.js';
import { openLog } from '../process/openLog.js';
import { readChildSettings } from './childSettings.js';

/** Opens what a child process keeps between its jobs, from the environment that its worker gave it. */
export async function openAggregationContext(env: Environment): Promise<AggregationContext> {
  const settings = readSettings(env);
  const { redisUrl, provider, threads } = readChildSettings(env);
  const log = openLog(settings.logLevel, 'aggregate');
  const blobs = await openBlobs(settings.blobUrl);
  const onError = (error: Error) => log.warn({ err: error }, 'redis is out of reach');
  const redis = connectRedis(redisUrl, { name: 'florist-aggregate', onError });
  const ledger = openLedger(redis, { prefix: settings.keyPrefix });
  return {
    ledger,
    blobs,
    buffers: bufferPool(),
    kernel: openOnnxKernel(provider, threads),
    engine: describeEngine(provider, threads),
    rounds: openRoundReader(ledger, blobs),
    inTurn: inTurn(),
    log,
  };
}
