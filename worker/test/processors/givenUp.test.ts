import { partsFolder, submissionFolder } from '@florist/storage/blobs/keys';
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
  const told = worker.log.filter(({ msg }) => msg === 'adapter a1 of round 1 of ffa cannot be made');
  t.ok(told.length > 0);
  for (const { err } of told) t.match(err, { message: /FFA-LoRA needs/ }, 'only who knows why tells');
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

t.test('a fault that stays fails the round in the end, and names what its users can mend', async (t) => {
  for (const federation of ['bytes', 'config', 'place']) await collect(service, federation, uploads);
  const bytes = Buffer.from(uploads[1]?.adapter ?? []);
  bytes.fill(0xff, bytes.length - 2); // NaN
  await service.blobs.write(
    `${submissionFolder('bytes', 1, 'bob', 'upload')}adapter_model.safetensors`,
    bytes,
  );
  await service.blobs.remove(`${submissionFolder('config', 1, 'ann', 'upload')}adapter_config.json`);
  const parts = partsFolder({ federation: 'place', round: 1, adapter: 'a1', attempt: 1 });
  await service.blobs.write(parts.slice(0, -1), Buffer.from('a file where the folder goes'));
  for (const federation of ['bytes', 'config', 'place']) await aggregate(service, federation);
  const [ofBytes, ofConfig, ofPlace] = await Promise.all(
    ['bytes', 'config', 'place'].map((federation) => roundWhen(service, federation, ended, TIMEOUT_MS)),
  );
  t.match(ofBytes, { state: 'failed', error: { code: 'submission_damaged' } });
  t.match(ofBytes?.error?.detail, /of bob .* has other bytes than its SHA-256 says.*DELETE .*\/bob;.*retry/);
  t.match(ofConfig, { state: 'failed', error: { code: 'submission_damaged' } });
  t.match(ofConfig?.error?.detail, /of ann .*adapter_config.json cannot be read/);
  t.match(ofPlace, { state: 'failed', error: { code: 'internal' } });
  t.match(ofPlace?.error?.detail, /worker's log/);
  t.notMatch(ofPlace?.error?.detail, /ann|bob|blob|folder/, 'what nobody outside can mend is not given away');
});
