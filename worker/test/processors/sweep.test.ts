import { closeRound } from '@florist/storage/rounds/closeRound';
import t from 'tap';
import { collect, ended, roundWhen, startService } from '../fixtures/service.js';
import { moduleNames, randomUpload } from '../fixtures/uploads.js';
import { startWorkerProcess } from '../fixtures/workerProcess.js';

t.setTimeout(60_000);
const service = await startService(t);
const uploads = ['ann', 'bob'].map((client) => randomUpload(client, moduleNames(3), [12, 16], 4));
await startWorkerProcess(t, service.env);

t.test('a round with enough submissions is closed at its deadline and published', async (t) => {
  await collect(service, 'deadline', uploads, {}, { minSubmissions: 2, deadlineSeconds: 1 });
  await collect(service, 'too-few', uploads, {}, { minSubmissions: 3, deadlineSeconds: 1 });
  const round = await roundWhen(service, 'deadline', ended);
  t.match(round, { state: 'published', closedBy: 'deadline' });
  t.equal((await roundWhen(service, 'too-few', () => true)).state, 'collecting');
});

t.test('a round that was closed but never queued is picked up', async (t) => {
  await collect(service, 'left-lying', uploads);
  await closeRound(service.ledger, 'left-lying', 1, 'operator');
  t.equal((await roundWhen(service, 'left-lying', ended)).state, 'published');
});
