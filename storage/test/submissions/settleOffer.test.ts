import t from 'tap';
import { folderBlobs } from '../../src/blobs/folderBlobs.js';
import { acceptSubmission } from '../../src/submissions/acceptSubmission.js';
import { writeReceiptFile } from '../../src/submissions/uploadFiles.js';
import { collecting } from '../fixtures/scenes.js';
import { testRedis } from '../fixtures/testLedger.js';
import { store, submit } from '../fixtures/uploads.js';

const redis = await testRedis(t);

t.test('a receipt that is written after its upload was replaced and removed leaves nothing', async (t) => {
  const stores = { ledger: redis.ledger(), blobs: await folderBlobs(t.testdir(), { reserveBytes: 0 }) };
  await collecting(stores.ledger);
  const { file } = await acceptSubmission(stores.ledger, await store(stores, 'demo', 1, 'c0'));
  const { outcome } = await submit(stores, 'demo', 1, 'c0', 'second', { replace: true });
  t.equal(outcome, 'replaced');
  await writeReceiptFile(stores.blobs, file);
  const folders = new Set<string>();
  for await (const key of stores.blobs.list('federations/')) {
    if (key.includes('/submissions/')) folders.add(key.slice(0, key.lastIndexOf('/') + 1));
  }
  t.equal(folders.size, 1, 'that of the second');
  t.notOk(folders.has(file.record.blob));
});
