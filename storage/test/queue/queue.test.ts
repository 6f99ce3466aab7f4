import { type Job, UnrecoverableError, WaitingChildrenError, Worker } from 'bullmq';
import t from 'tap';
import { failAdapter } from '../../src/adapters/failAdapter.js';
import { publishAdapter } from '../../src/adapters/publishAdapter.js';
import { requestAdapter } from '../../src/adapters/requestAdapter.js';
import type { Ledger } from '../../src/ledger/openLedger.js';
import { addPhaseChildren } from '../../src/queue/addPhaseChildren.js';
import { enqueueAggregation } from '../../src/queue/enqueueAggregation.js';
import { partJobId, rootJobId } from '../../src/queue/jobIds.js';
import { AGGREGATE_QUEUE, PUBLISH_QUEUE } from '../../src/queue/names.js';
import { openQueues, type Queues } from '../../src/queue/openQueues.js';
import type { PartJob, PublishJob } from '../../src/queue/payloads.js';
import { removeAggregationJobs } from '../../src/queue/removeAggregationJobs.js';
import { rootJobState } from '../../src/queue/rootJobState.js';
import { connectRedis } from '../../src/redis/connectRedis.js';
import { retryRound } from '../../src/rounds/retryRound.js';
import { aggregating, attempt, collecting, FEDERATION, published, RESULT } from '../fixtures/scenes.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);
const first = { federation: FEDERATION, round: 1, adapter: 'a1' };

function queues(t: { teardown(close: () => Promise<void>): void }, ledger: Ledger): Queues {
  const opened = openQueues(ledger.redis, ledger.prefix);
  t.teardown(() => opened.close());
  return opened;
}

/** Runs both kinds of jobs in this process until the test ends. */
function work(
  t: { teardown(close: () => Promise<unknown>): void },
  { prefix }: Queues,
  part: (job: Job<PartJob>) => Promise<unknown>,
  publish: (job: Job<PublishJob>, token: string) => Promise<unknown>,
): void {
  const connection = connectRedis(redis.url);
  const parts = new Worker<PartJob>(AGGREGATE_QUEUE, part, { connection, prefix, concurrency: 2 });
  const roots = new Worker<PublishJob>(PUBLISH_QUEUE, (job, token) => publish(job, token ?? ''), {
    connection,
    prefix,
  });
  for (const worker of [parts, roots]) worker.on('error', () => {});
  t.teardown(async () => {
    await Promise.all([parts.close(true), roots.close(true)]);
    connection.disconnect();
  });
}

async function until(reached: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await reached())) {
    if (Date.now() > deadline) throw new Error('It did not come about within ten seconds.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

t.test('an attempt becomes one flow whose parts hold every module once', async (t) => {
  const ledger = redis.ledger();
  const queue = queues(t, ledger);
  const ref = await aggregating(ledger, { baseModel: 'org/base' });
  t.equal(await enqueueAggregation(queue, ledger, first), 'added');
  const root = await queue.publish.getJob(rootJobId(ref));
  t.match(root?.data, {
    ...ref,
    phase: 'aggregate',
    fanInFanOut: false,
    baseModel: 'org/base',
    startedAt: redis.clock.now().toISOString(),
    aggregation: { method: 'florist' },
  });
  t.equal(await root?.getState(), 'waiting-children');
  const jobs = await queue.aggregate.getJobs(['waiting', 'delayed', 'active', 'prioritized']);
  t.strictSame(jobs.flatMap((job) => job.data.modules).sort(), [
    'layers.0.q_proj',
    'layers.0.v_proj',
    'layers.1.q_proj',
  ]);
  for (const job of jobs) {
    t.equal(job.id, partJobId(ref, 'aggregate', job.data.index));
    t.strictSame(job.data.modules, root?.data.groups[job.data.index]);
    t.match(job.data, { ...ref, phase: 'aggregate', aggregation: root?.data.aggregation });
  }
});

t.test('however often and from wherever it is queued, there is one set of jobs', async (t) => {
  const ledger = redis.ledger();
  await aggregating(ledger);
  const connections = redis.connections(ledger, 5);
  const all = connections.map((each) => ({ each, queue: queues(t, each) }));
  const outcomes = await Promise.all(all.map(({ each, queue }) => enqueueAggregation(queue, each, first)));
  t.ok(outcomes.includes('added'));
  const queue = queues(t, ledger);
  t.equal(await enqueueAggregation(queue, ledger, first), 'present');
  t.match(await queue.aggregate.getJobCounts(), { waiting: 3, completed: 0 });
  t.match(await queue.publish.getJobCounts(), { 'waiting-children': 1, waiting: 0 });

  const runs: string[] = [];
  const ref = await attempt(ledger, 'a1');
  work(
    t,
    queue,
    async (job) => runs.push(String(job.id)),
    (job) => publishAdapter(ledger, job.data, RESULT),
  );
  await until(async () => (await rootJobState(queue, ref)).state === 'completed');
  t.equal(runs.length, 3);
  t.equal(new Set(runs).size, 3);
  t.equal(await enqueueAggregation(queue, ledger, first), 'unwanted');
});

t.test('what is not under way is not queued', async (t) => {
  const ledger = redis.ledger();
  const queue = queues(t, ledger);
  await collecting(ledger);
  t.equal(await enqueueAggregation(queue, ledger, first), 'unwanted');
  t.equal(await enqueueAggregation(queue, ledger, { ...first, federation: 'none' }), 'unwanted');
  t.match(await queue.publish.getJobCounts(), { waiting: 0, 'waiting-children': 0 });
});

t.test('a part that fails for good fails the root, and a retry queues anew', async (t) => {
  const ledger = redis.ledger();
  const queue = queues(t, ledger);
  const ref = await aggregating(ledger);
  t.strictSame(await rootJobState(queue, ref), { state: 'absent' });
  await enqueueAggregation(queue, ledger, first);
  t.strictSame(await rootJobState(queue, ref), { state: 'pending' });
  let broken = true;
  const part = async () => {
    if (broken) throw new UnrecoverableError('broken');
  };
  work(t, queue, part, (job) => publishAdapter(ledger, job.data, RESULT));
  await until(async () => (await rootJobState(queue, ref)).state === 'failed');
  t.match(await rootJobState(queue, ref), { state: 'failed', reason: /failed/ });
  t.equal(await enqueueAggregation(queue, ledger, first), 'present', 'the sweep must give it up first');
  await failAdapter(ledger, ref, { code: 'internal', detail: 'It broke.' });
  await retryRound(ledger, FEDERATION, 1);
  broken = false;
  t.equal(await enqueueAggregation(queue, ledger, first), 'added');
  const second = await attempt(ledger, 'a1');
  await until(async () => (await rootJobState(queue, second)).state === 'completed');
});

t.test('a budget is aggregated in two phases, the second of which the root adds', async (t) => {
  const ledger = redis.ledger();
  const queue = queues(t, ledger);
  const ref = await aggregating(ledger, { aggregation: { rank: { policy: 'budget', bytes: 4096 } } });
  await enqueueAggregation(queue, ledger, first);
  const phases: string[] = [];
  let tries = 0;
  const rootWaits = async () => {
    const root = await queue.publish.getJob(rootJobId(ref));
    return (await root?.getState()) === 'waiting-children';
  };
  work(
    t,
    queue,
    async (job) => {
      // the root is to wait for its new children in earnest
      if (job.data.phase === 'project') await until(rootWaits);
      phases.push(`${job.data.phase} ${job.data.modules.map((name) => `${name}:${job.data.ranks?.[name]}`)}`);
    },
    async (job, token) => {
      tries++;
      const ranks = { 'layers.0.q_proj': 2, 'layers.0.v_proj': 1, 'layers.1.q_proj': 3 };
      await addPhaseChildren(queue, job, 'project', ranks);
      // adding them again, as a second try of this job would, changes nothing
      await addPhaseChildren(queue, job, 'project', ranks);
      if (await job.moveToWaitingChildren(token)) throw new WaitingChildrenError();
      await publishAdapter(ledger, job.data, RESULT);
    },
  );
  await until(async () => (await rootJobState(queue, ref)).state === 'completed');
  t.strictSame(phases.slice(0, 3).sort(), [
    'measure layers.0.q_proj:undefined',
    'measure layers.0.v_proj:undefined',
    'measure layers.1.q_proj:undefined',
  ]);
  t.strictSame(phases.slice(3).sort(), [
    'project layers.0.q_proj:2',
    'project layers.0.v_proj:1',
    'project layers.1.q_proj:3',
  ]);
  t.equal(tries, 2);
  const root = await queue.publish.getJob(rootJobId(ref));
  t.equal(root?.data.phase, 'measure');
});

t.test('a method that keeps no spectrum has one phase, whatever the rank policy says', async (t) => {
  const ledger = redis.ledger();
  const queue = queues(t, ledger);
  await published(ledger);
  await requestAdapter(ledger, FEDERATION, 1, { method: 'flora', rank: { policy: 'budget', bytes: 4096 } });
  t.equal(await enqueueAggregation(queue, ledger, { ...first, adapter: 'a2' }), 'added');
  const ref = await attempt(ledger, 'a2');
  t.equal((await queue.publish.getJob(rootJobId(ref)))?.data.phase, 'aggregate');
});

t.test('nothing stays behind in Redis once the jobs are removed', async (t) => {
  const ledger = redis.ledger();
  const queue = queues(t, ledger);
  const ref = await aggregating(ledger);
  await enqueueAggregation(queue, ledger, first);
  work(
    t,
    queue,
    async () => {},
    async (job) => {
      await publishAdapter(ledger, job.data, RESULT);
      // from within: the parts go, the running root stays until it has ended
      await removeAggregationJobs(queue, job.data);
    },
  );
  await until(async () => (await rootJobState(queue, ref)).state === 'completed');
  t.match(await queue.aggregate.getJobCounts(), { completed: 0, waiting: 0 });
  await removeAggregationJobs(queue, ref);
  await removeAggregationJobs(queue, ref);
  t.strictSame(await rootJobState(queue, ref), { state: 'absent' });
  const left = await redis.redis.keys(`${queue.prefix}:*${rootJobId(ref)}*`);
  t.strictSame(left, []);
});
