import { countJobs } from '@florist/storage/queue/countJobs';
import { listFindings } from '@florist/storage/reconcile/finding';
import { describeRedis } from '@florist/storage/redis/describeRedis';
import { countLatestRounds } from '@florist/storage/rounds/countLatestRounds';
import { listWorkers } from '@florist/storage/workers/listWorkers';
import type { Services } from '../services.js';
import { tlsNotAfter } from '../tls/tlsNotAfter.js';
import { describeBlobs } from './describeBlobs.js';

/** What has not answered by now, in milliseconds, is left out: whoever scrapes waits ten seconds at most. */
const SURVEY_MS = 1_000;

export type Survey = Awaited<ReturnType<typeof surveySystem>>;

/** What the service stands on, as of now; undefined what does not answer in time. */
export async function surveySystem(services: Pick<Services, 'settings' | 'queues' | 'ledger' | 'blobs'>) {
  const { settings } = services;
  const [ledger, blobs, notAfter] = await Promise.all([
    inTime(surveyLedger(services)),
    inTime(describeBlobs(services)),
    inTime(settings.tls === undefined ? Promise.resolve(undefined) : tlsNotAfter(settings.tls)),
  ]);
  return { ledger, blobs, notAfter };
}

/** @throws Error at once where no connection is open: commands would wait for one */
async function surveyLedger({ ledger, queues }: Pick<Services, 'queues' | 'ledger'>) {
  if (ledger.redis.status !== 'ready') throw new Error(`the connection is ${ledger.redis.status}`);
  const [redis, workers, jobs, rounds, { findings }] = await Promise.all([
    describeRedis(ledger.redis),
    listWorkers(ledger),
    countJobs(queues),
    countLatestRounds(ledger),
    listFindings(ledger),
  ]);
  return { redis, workers, jobs, rounds, findings };
}

async function inTime<T>(answer: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), SURVEY_MS);
  });
  try {
    return await Promise.race([answer, tooLate]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
