import { ADAPTER_FILE } from '@florist/storage/blobs/keys';
import { registerClient } from '@florist/storage/clients/registerClient';
import { submissionRecords } from '@florist/storage/submissions/submissionRecords';
import t from 'tap';
import { openRoundReader } from '../../src/aggregation/openRoundReader.js';
import { collect, type Service, startService, submit } from '../fixtures/service.js';
import { moduleNames, randomUpload } from '../fixtures/uploads.js';

const service: Service = await startService(t);
const upload = (client: string, numExamples = 1) => ({
  ...randomUpload(client, moduleNames(2), [4, 4], 1, 'F32'),
  numExamples,
});

t.test('parts that ask at once share one reading, until the submissions change', async (t) => {
  await collect(service, 'shared', [upload('ann'), upload('bob')]);
  const reader = openRoundReader(service.ledger, service.blobs);
  const [one, two] = await Promise.all([reader.read('shared', 1), reader.read('shared', 1)]);
  t.equal(one, two);
  t.equal(await reader.read('shared', 1), one);
  t.strictSame(
    one.map(({ client, weight }) => [client, weight]),
    [
      ['ann', 0.5],
      ['bob', 0.5],
    ],
  );
  await registerClient(service.ledger, 'shared', 'cat');
  await submit(service, 'shared', 1, upload('cat', 2));
  const after = await reader.read('shared', 1);
  t.strictSame(
    after.map(({ weight }) => weight),
    [0.25, 0.25, 0.5],
  );
});

t.test('a reading that failed is not kept', async (t) => {
  await collect(service, 'failed', [upload('ann')]);
  const reader = openRoundReader(service.ledger, service.blobs);
  const [record] = await submissionRecords(service.ledger, 'failed', 1);
  const key = `${record?.blob}${ADAPTER_FILE}`;
  const bytes = await service.blobs.read(key, 0, (await service.blobs.stat(key))?.bytes ?? 0);
  await service.blobs.remove(key);
  await t.rejects(Promise.all([reader.read('failed', 1), reader.read('failed', 1)]), {
    name: 'BlobMissing',
    message: /^the submission of ann cannot be read: /,
  });
  await service.blobs.write(key, bytes);
  t.equal((await reader.read('failed', 1)).length, 1);
});
