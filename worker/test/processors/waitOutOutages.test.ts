import { Outage } from '@florist/core/errors/outage';
import { Refusal } from '@florist/core/errors/refusal';
import { startRedisServer } from '@florist/storage/redis/startRedisServer';
import { Queue, Worker } from 'bullmq';
import { pino } from 'pino';
import t from 'tap';
import { OUTAGE_RETRY_MS } from '../../src/process/queueTimes.js';
import { waitOutOutages } from '../../src/processors/waitOutOutages.js';

const QUEUE = 'patience';
const silent = pino({ level: 'silent' });
const server = await startRedisServer({ dir: t.testdir({}), appendOnly: false });
const connection = { url: server.url };
const queue = new Queue(QUEUE, { connection });
t.teardown(async () => {
  await queue.close();
  await server.stop();
});

t.test('an outage puts a job off and uses up none of its attempts', async (t) => {
  const outages = [
    new Outage('storage_full', 'no room'),
    Object.assign(new Error('read-only'), { code: 'EROFS' }),
  ];
  const worker = new Worker(
    QUEUE,
    waitOutOutages(async () => {
      const outage = outages.shift();
      if (outage !== undefined) throw outage;
    }, silent),
    { connection },
  );
  const ended = new Promise((resolve) => {
    worker.once('completed', () => resolve('completed'));
    worker.once('failed', () => resolve('failed'));
  });
  const begun = performance.now();
  await queue.add('patient', {}, { jobId: 'patient', attempts: 1 });
  t.equal(await ended, 'completed', 'though it may be tried only once');
  t.ok(
    performance.now() - begun > 2 * OUTAGE_RETRY_MS - 100,
    'not at once: a full disk stays full for a while',
  );
  await worker.close();
});

t.test('any other error is a failure', async (t) => {
  const worker = new Worker(
    QUEUE,
    waitOutOutages(async () => {
      throw new Refusal('budget_too_small', 'too small');
    }, silent),
    { connection },
  );
  const failed = new Promise<Error>((resolve) => worker.once('failed', (_job, error) => resolve(error)));
  await queue.add('mistaken', {});
  t.match(await failed, { code: 'budget_too_small' });
  await worker.close();
});
