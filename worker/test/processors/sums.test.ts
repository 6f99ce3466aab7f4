import { rm } from 'node:fs/promises';
import { adapterFolder, sumFolder } from '@florist/storage/blobs/keys';
import { openLedger } from '@florist/storage/ledger/openLedger';
import { presentSum } from '@florist/storage/sums/presentSum';
import { requestSum } from '@florist/storage/sums/requestSum';
import t from 'tap';
import { askForSum, pause, publishRounds, sumWhenMade } from '../fixtures/rounds.js';
import { startService } from '../fixtures/service.js';
import { moduleNames, randomUpload } from '../fixtures/uploads.js';
import { childrenOf, startWorkerProcess } from '../fixtures/workerProcess.js';

/** Enough for a sum to take some seconds, so that there is a middle to be killed in. */
const MODULES = moduleNames(160);
/** Four waits between five attempts take 15 seconds, and machines may be busy with other tests. */
const TIMEOUT_MS = 90_000;

t.setTimeout(4 * TIMEOUT_MS);
const service = await startService(t);
const uploads = (modules: readonly string[], ranks: readonly number[]) =>
  ranks.map((rank) => randomUpload('ann', modules, [96, 128], rank, 'F32'));

t.test('a worker killed in the middle of a sum costs time and no byte', async (t) => {
  const worker = await startWorkerProcess(t, service.env);
  for (const federation of ['undisturbed', 'killed']) {
    await publishRounds(service, federation, uploads(MODULES, [24, 32, 40]));
  }
  const undisturbed = await sumWhenMade(service, { federation: 'undisturbed', since: 0 });
  const wish = { federation: 'killed', since: 0 };
  const before = worker.log.length;
  await askForSum(service, wish);
  await worker.logged('part summed', before);
  await worker.end('SIGKILL');
  t.equal((await requestSum(service.ledger, { ...wish, tau: 1 })).outcome, 'making', 'caught in the middle');
  const next = await startWorkerProcess(t, service.env);
  const made = await sumWhenMade(service, wish, TIMEOUT_MS);
  if (undisturbed.outcome !== 'ready' || made.outcome !== 'ready') return t.fail('not made');
  t.equal(made.sha256, undisturbed.sha256);
  // parts go once the sum is told to be ready, which a worker that stops finishes first
  await next.end('SIGTERM');
  const kept: string[] = [];
  for await (const key of service.blobs.list(made.folder)) kept.push(key.slice(made.folder.length));
  t.strictSame(kept, ['adapter_config.json', 'adapter_model.safetensors', 'lineage.json']);
});

t.test('a sum that is wanted but never queued is picked up', async (t) => {
  const worker = await startWorkerProcess(t, service.env);
  await publishRounds(service, 'left-lying', uploads(MODULES.slice(0, 2), [2, 3]));
  const wish = { federation: 'left-lying', since: 0, tau: 1 };
  t.equal((await requestSum(service.ledger, wish)).outcome, 'making');
  while ((await requestSum(service.ledger, wish)).outcome === 'making') await pause();
  t.equal((await requestSum(service.ledger, wish)).outcome, 'ready');
  await worker.end('SIGTERM');
});

t.test('a child killed in the middle of a part costs a retry', async (t) => {
  const worker = await startWorkerProcess(t, service.env);
  const wish = { federation: 'killed', since: 0, tau: 0.99 };
  const before = worker.log.length;
  await askForSum(service, wish);
  await worker.logged('part summed', before);
  const [child] = await childrenOf(worker.pid);
  process.kill(child ?? 0, 'SIGKILL');
  t.equal((await sumWhenMade(service, wish, TIMEOUT_MS)).outcome, 'ready');
  t.ok(worker.log.some(({ msg }) => msg === 'job failed'));
  await worker.end('SIGTERM');
});

t.test(
  'a fault that stays fails the sum in the end; asked for again once it is gone, it is made',
  async (t) => {
    const worker = await startWorkerProcess(t, service.env);
    await publishRounds(service, 'broken', uploads(MODULES.slice(0, 2), [2, 3]));
    const key = `${adapterFolder({ federation: 'broken', round: 2, adapter: 'a1', attempt: 1 })}adapter_model.safetensors`;
    const content = await service.blobs.read(key, 0, (await service.blobs.stat(key))?.bytes ?? 0);
    await rm(`${service.root}/${key}`);
    const wish = { federation: 'broken', since: 0 };
    const failed = await sumWhenMade(service, wish, TIMEOUT_MS);
    t.match(failed, { outcome: 'failed', code: 'sum_failed', detail: /worker's log/ });
    t.equal(
      (await requestSum(service.ledger, { ...wish, tau: 1 })).outcome,
      'failed',
      'told to whoever asks now',
    );
    await service.blobs.write(key, content);
    const { redis, prefix } = service.ledger;
    const minuteLater = openLedger(redis, { prefix, now: () => new Date(Date.now() + 61_000) });
    const later = { ...service, ledger: minuteLater };
    const again = await askForSum(later, wish);
    t.equal(again.outcome, 'making', 'and tried anew for whoever asks later');
    t.equal((await sumWhenMade(service, wish, TIMEOUT_MS)).outcome, 'ready');
    if (again.outcome !== 'making') return;
    t.equal(await presentSum(service.ledger, again.ref), undefined);
    await worker.end('SIGTERM');
    const left: string[] = [];
    for await (const each of service.blobs.list('federations/broken/sums/')) left.push(each);
    t.ok(
      left.every((each) => each.startsWith(sumFolder(again.ref))),
      'the failed try left nothing',
    );
  },
);
