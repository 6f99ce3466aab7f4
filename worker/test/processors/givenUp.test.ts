import { rm } from 'node:fs/promises';
import { submissionFolder } from '@florist/storage/blobs/keys';
import t from 'tap';
import { aggregate, collect, ended, goldenUploads, roundWhen, startService } from '../fixtures/service.js';
import { moduleNames, randomUpload } from '../fixtures/uploads.js';
import { startWorkerProcess } from '../fixtures/workerProcess.js';

/** Four waits between five attempts take 15 seconds, and machines may be busy with other tests. */
const TIMEOUT_MS = 90_000;

t.setTimeout(TIMEOUT_MS);
const service = await startService(t);
const worker = await startWorkerProcess(t, service.env);
const uploads = ['ann', 'bob'].map((client) => randomUpload(client, moduleNames(3), [12, 16], 4));

t.test('what the users got wrong fails the round at once, with the reason', async (t) => {
  await collect(service, 'ffa', await goldenUploads('homogeneous'), { method: 'ffa-lora' });
  await collect(service, 'small', uploads, { rank: { policy: 'budget', bytes: 10 } });
  await aggregate(service, 'ffa');
  await aggregate(service, 'small');
  const ffa = await roundWhen(service, 'ffa', ended);
  t.match(ffa, { state: 'failed', error: { code: 'ffa_factors_differ', detail: /FFA-LoRA needs/ } });
  const small = await roundWhen(service, 'small', ended);
  t.match(small, { state: 'failed', error: { code: 'budget_too_small', detail: /10 bytes cannot hold/ } });
  const tries = worker.log.flatMap(({ attempt }) => (attempt === undefined ? [] : [attempt]));
  t.ok(tries.length > 0 && tries.every((attempt) => attempt === 1), 'no job was tried again');
});

t.test('a fault is tried again, and the round is published once it is gone', async (t) => {
  await collect(service, 'mended', uploads);
  const folder = submissionFolder('mended', 1, 'ann', 'upload');
  const key = `${folder}adapter_model.safetensors`;
  await service.blobs.remove(key);
  await aggregate(service, 'mended');
  const before = worker.log.length;
  await worker.logged('job failed', before);
  t.equal((await roundWhen(service, 'mended', () => true)).state, 'aggregating');
  await service.blobs.write(key, uploads[0]?.adapter ?? new Uint8Array());
  t.equal((await roundWhen(service, 'mended', ended)).state, 'published');
});

t.test('a fault that stays fails the round in the end, without giving its cause away', async (t) => {
  await collect(service, 'broken', uploads);
  await rm(`${service.root}/${submissionFolder('broken', 1, 'bob', 'upload')}`, { recursive: true });
  await aggregate(service, 'broken');
  const { state, error } = await roundWhen(service, 'broken', ended, TIMEOUT_MS);
  t.equal(state, 'failed');
  t.equal(error?.code, 'internal');
  t.match(error?.detail, /worker's log/);
  t.notMatch(error?.detail, /bob|blob|folder/);
});
