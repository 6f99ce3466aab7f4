import { startRedisServer } from '@florist/storage/redis/startRedisServer';
import { Queue, Worker } from 'bullmq';
import t from 'tap';
import { jobsInHand } from '../../src/process/jobsInHand.js';
import { LOCK_MS } from '../../src/process/queueTimes.js';

const QUEUE = 'hands';
const server = await startRedisServer({ dir: t.testdir({}), appendOnly: false });
const connection = { url: server.url };
const queue = new Queue(QUEUE, { connection });
t.teardown(async () => {
  await queue.close();
  await server.stop();
});

t.test('a job that is given back is at once in the hands of another worker', async (t) => {
  const hands = jobsInHand();
  let taken = () => {};
  let release = () => {};
  const begun = new Promise<void>((resolve) => {
    taken = resolve;
  });
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const slow = new Worker(
    QUEUE,
    hands.hold(async () => {
      taken();
      await held;
    }),
    { connection, lockDuration: LOCK_MS },
  );
  slow.on('error', () => {}); // it ends in the end, and the job is no longer its own
  await queue.add('slow', {}, { jobId: 'slow', attempts: 5 });
  await begun;
  await queue.add('next', {}, { jobId: 'next' });
  const closed = slow.close(); // as on SIGTERM: takes nothing more, and waits
  const order: string[] = [];
  const given = performance.now();
  t.equal(await hands.giveBack(), 1);
  const other = new Worker(QUEUE, async ({ id = '' }) => void order.push(id), { connection });
  while (order.length < 2) await new Promise((next) => setTimeout(next, 10));
  t.ok(performance.now() - given < LOCK_MS, 'before its lock has run out');
  t.strictSame(order, ['slow', 'next'], 'and before those that waited behind it');
  t.equal((await queue.getJob('slow'))?.attemptsMade, 1, 'none of its attempts is used up');
  await other.close();
  release();
  await closed;
});

t.test('a job that has ended is not in hand any more', async (t) => {
  const hands = jobsInHand();
  const worker = new Worker(
    QUEUE,
    hands.hold(async () => {}),
    { connection },
  );
  const done = new Promise((resolve) => worker.once('completed', resolve));
  await queue.add('quick', {});
  await done;
  t.equal(await hands.giveBack(), 0);
  await worker.close();
});
