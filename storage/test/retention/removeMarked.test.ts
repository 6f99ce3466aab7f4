import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { folderBlobs } from '../../src/blobs/folderBlobs.js';
import { documentFolder } from '../../src/blobs/keys.js';
import { createFederation } from '../../src/federations/createFederation.js';
import { deleteFederation } from '../../src/federations/deleteFederation.js';
import { newestRecord } from '../../src/records/readRecords.js';
import { saveRecords } from '../../src/records/saveRecords.js';
import { listMarked } from '../../src/retention/listMarked.js';
import { removeMarked } from '../../src/retention/removeMarked.js';
import { smallDisk } from '../fixtures/smallDisk.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);

t.test('a deletion that a full disk cannot take down stays to be done', async (t) => {
  const root = await smallDisk(t, '256k');
  if (root === undefined) return;
  const ledger = redis.ledger();
  const blobs = await folderBlobs(root, { reserveBytes: 0 });
  await createFederation(ledger, { name: 'demo' });
  await saveRecords(ledger, blobs, 'demo');
  await deleteFederation(ledger, 'demo');
  const filler = join(root, 'filler');
  await t.rejects(writeFile(filler, new Uint8Array(1024 ** 2)), { code: 'ENOSPC' });
  await t.rejects(removeMarked(ledger, blobs, 'demo'), { code: 'storage_full' });
  t.strictSame(await listMarked(ledger), ['demo']);
  await rm(filler);
  await removeMarked(ledger, blobs, 'demo');
  t.strictSame(await listMarked(ledger), []);
  t.match(await newestRecord(blobs, documentFolder('demo', 'federation')), { gone: true });
});
