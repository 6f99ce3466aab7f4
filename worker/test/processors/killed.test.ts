import { readdir } from 'node:fs/promises';
import { cancelRound } from '@florist/storage/rounds/cancelRound';
import t, { type Test } from 'tap';
import { publishedFile } from '../fixtures/published.js';
import { aggregate, collect, ended, roundWhen, startService } from '../fixtures/service.js';
import { moduleNames, randomUpload } from '../fixtures/uploads.js';
import { childrenOf, isAlive, startWorkerProcess } from '../fixtures/workerProcess.js';

/** Enough for a round to take about a second, so that there is a middle to be killed in. */
const MODULES = moduleNames(240);
/** Far more than it takes, for machines that are busy with other tests. */
const TIMEOUT_MS = 60_000;

t.setTimeout(4 * TIMEOUT_MS);
const service = await startService(t);
const uploads = ['ann', 'bob', 'eve'].map((client, k) => randomUpload(client, MODULES, [96, 128], 8 << k));
let undisturbed: Buffer;

async function begun(t: Test, federation: string): Promise<void> {
  await collect(service, federation, uploads);
  await aggregate(service, federation);
  const { state } = await roundWhen(service, federation, ({ progress }) => progress.done > 0);
  t.equal(state, 'aggregating', 'caught in the middle');
}

async function modelOf(t: Test, federation: string): Promise<Buffer> {
  const { state } = await roundWhen(service, federation, ended, TIMEOUT_MS);
  t.equal(state, 'published');
  return publishedFile(service, federation, 'adapter_model.safetensors');
}

t.test('a round that nothing disturbs', async (t) => {
  const worker = await startWorkerProcess(t, service.env);
  await begun(t, 'undisturbed');
  undisturbed = await modelOf(t, 'undisturbed');
  await worker.end('SIGKILL');
});

t.test('a child killed in the middle of a part costs a retry and no byte', async (t) => {
  const worker = await startWorkerProcess(t, service.env);
  await begun(t, 'child-killed');
  const [child] = await childrenOf(worker.pid);
  t.type(child, 'number');
  process.kill(child ?? 0, 'SIGKILL');
  t.ok(undisturbed.equals(await modelOf(t, 'child-killed')));
  t.ok(worker.log.some(({ msg }) => msg === 'job failed'));
  await worker.end('SIGKILL');
});

t.test('a worker killed in the middle leaves no orphans, and the next one carries on', async (t) => {
  const worker = await startWorkerProcess(t, service.env);
  await begun(t, 'worker-killed');
  const children = await childrenOf(worker.pid);
  t.ok(children.length > 0);
  await worker.end('SIGKILL');
  const killed = Date.now();
  while (children.some(isAlive) && Date.now() - killed < TIMEOUT_MS / 4)
    await new Promise((next) => setTimeout(next, 20));
  t.strictSame(children.filter(isAlive), [], 'no orphans');
  const next = await startWorkerProcess(t, service.env);
  t.ok(undisturbed.equals(await modelOf(t, 'worker-killed')));
  t.comment(`recovered after ${Date.now() - killed} ms`);
  await next.end('SIGKILL');
});

t.test('a worker asked to stop finishes or hands over, and the next one carries on', async (t) => {
  const worker = await startWorkerProcess(t, { ...service.env, FLORIST_WORKER_CONCURRENCY: '1' });
  await begun(t, 'worker-stopped');
  for (const child of await childrenOf(worker.pid)) process.kill(child, 'SIGTERM');
  t.equal(await worker.end('SIGTERM'), 0);
  t.notOk(worker.log.some(({ msg }) => msg === 'job failed'));
  const next = await startWorkerProcess(t, service.env);
  t.ok(undisturbed.equals(await modelOf(t, 'worker-stopped')));
  await next.end('SIGKILL');
});

t.test('a cancelled round stops soon, publishes nothing and leaves nothing behind', async (t) => {
  const worker = await startWorkerProcess(t, service.env);
  const drafts = await readdir(`${service.root}/tmp`);
  await begun(t, 'cancelled');
  const { progress } = await cancelRound(service.ledger, 'cancelled', 1);
  t.ok(progress.done < MODULES.length);
  const counts = () => service.queues.aggregate.getJobCounts('active', 'wait', 'delayed');
  for (;;) {
    const { active = 0, wait = 0, delayed = 0 } = await counts();
    if (active + wait + delayed === 0) break;
    await new Promise((next) => setTimeout(next, 20));
  }
  await worker.end('SIGTERM');
  t.equal((await roundWhen(service, 'cancelled', ended)).state, 'cancelled');
  t.strictSame(
    await readdir(`${service.root}/federations/cancelled/rounds/1/adapters/a1`).catch(() => []),
    [],
  );
  t.strictSame(await readdir(`${service.root}/tmp`), drafts, 'no more drafts than killed workers have left');
});
