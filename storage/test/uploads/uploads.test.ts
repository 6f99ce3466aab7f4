import t from 'tap';
import { folderBlobs } from '../../src/blobs/folderBlobs.js';
import { uploadFolder, uploadsFolder } from '../../src/blobs/keys.js';
import { removeClient } from '../../src/clients/removeClient.js';
import { deleteFederation } from '../../src/federations/deleteFederation.js';
import { applyRetention } from '../../src/retention/applyRetention.js';
import { listMarked } from '../../src/retention/listMarked.js';
import { removeMarked } from '../../src/retention/removeMarked.js';
import { acceptSubmission } from '../../src/submissions/acceptSubmission.js';
import { advanceUpload } from '../../src/uploads/advanceUpload.js';
import { claimUpload } from '../../src/uploads/claimUpload.js';
import { createUpload } from '../../src/uploads/createUpload.js';
import { expireUploads } from '../../src/uploads/expireUploads.js';
import { findUpload } from '../../src/uploads/findUpload.js';
import { UPLOAD_KEPT_MS, UPLOADS_OPEN_MAX } from '../../src/uploads/uploadScript.js';
import { collecting, FEDERATION, offer } from '../fixtures/scenes.js';
import { assertSound } from '../fixtures/soundness.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);
const KEPT_SECONDS = UPLOAD_KEPT_MS / 1000;

const refOf = (index: number) => ({ federation: FEDERATION, upload: `u${String(index).padStart(32, '0')}` });
const create = (ledger: ReturnType<typeof redis.ledger>, index: number, client = 'c0') =>
  createUpload(ledger, { ...refOf(index), client, length: 100 });

t.test('only the latest writer adds, and only at the offset', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  await create(ledger, 1);
  const ref = refOf(1);
  await claimUpload(ledger, ref, { writer: 'first', offset: 0 });
  await claimUpload(ledger, ref, { writer: 'second', offset: 0 });
  const piece = { from: 0, to: 40, names: ['a'] };
  await t.rejects(advanceUpload(ledger, ref, { ...piece, writer: 'first' }), {
    code: 'upload_offset_mismatch',
  });
  await advanceUpload(ledger, ref, { ...piece, writer: 'second' });
  await advanceUpload(ledger, ref, { ...piece, writer: 'second' }); // sent again after a lost answer
  await t.rejects(claimUpload(ledger, ref, { writer: 'third', offset: 0 }), {
    code: 'upload_offset_mismatch',
  });
  const found = await findUpload(ledger, ref);
  t.match(found, { offset: 40, length: 100, blobs: [`${uploadFolder(FEDERATION, ref.upload)}a`] });
  await t.rejects(findUpload(ledger, { ...ref, client: 'c1' }), { code: 'upload_not_found' });
  await assertSound(t, ledger);
});

t.test('the unfinished uploads of a client that is removed end, and their bytes are marked', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  await create(ledger, 1);
  await create(ledger, 2, 'c1');
  await removeClient(ledger, FEDERATION, 'c0');
  await t.rejects(findUpload(ledger, refOf(1)), { code: 'upload_not_found' });
  t.match(await findUpload(ledger, refOf(2)), { length: 100 }, 'that of another goes on');
  t.strictSame(await listMarked(ledger), [FEDERATION]);
  await assertSound(t, ledger);
});

t.test('what nobody goes on with expires, is swept with its bytes, and makes room', async (t) => {
  const ledger = redis.ledger();
  const blobs = await folderBlobs(t.testdir({}), { reserveBytes: 0 });
  await collecting(ledger);
  for (let index = 1; index <= UPLOADS_OPEN_MAX; index++) await create(ledger, index);
  await t.rejects(create(ledger, 99), { code: 'uploads_too_many' });
  await create(ledger, 98, 'c1');
  for (const index of [1, 2]) {
    const ref = refOf(index);
    await blobs.write(`${uploadFolder(FEDERATION, ref.upload)}a`, new Uint8Array(40));
    await claimUpload(ledger, ref, { writer: 'w', offset: 0 });
    await advanceUpload(ledger, ref, { writer: 'w', from: 0, to: 40, names: ['a'] });
  }
  redis.clock.advance(KEPT_SECONDS - 1);
  t.equal(await expireUploads(ledger), 0);
  await claimUpload(ledger, refOf(2), { writer: 'w', offset: 40 });
  redis.clock.advance(2);
  await t.rejects(findUpload(ledger, refOf(1)), { code: 'upload_not_found' });
  t.equal(await expireUploads(ledger), UPLOADS_OPEN_MAX, 'all but the one that was gone on with');
  t.strictSame(await listMarked(ledger), [FEDERATION]);
  await removeMarked(ledger, blobs, FEDERATION);
  const left: string[] = [];
  for await (const key of blobs.list(uploadsFolder(FEDERATION))) left.push(key);
  t.strictSame(left, [`${uploadFolder(FEDERATION, refOf(2).upload)}a`]);
  t.equal((await findUpload(ledger, refOf(2))).offset, 40);
  await create(ledger, 99);
  await assertSound(t, ledger);
  await deleteFederation(ledger, FEDERATION);
  await assertSound(t, ledger);
});

t.test('an upload ends with the submission made of it, and answers for it until it expires', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  await create(ledger, 1);
  const { upload } = refOf(1);
  const made = offer('c0', 'first', { upload });
  await acceptSubmission(ledger, made);
  const adapter = `${made.blob}adapter_model.safetensors`;
  t.strictSame((await findUpload(ledger, refOf(1))).blobs, [adapter]);
  t.strictSame(await listMarked(ledger), [FEDERATION], 'its pieces are marked');
  await create(ledger, 2);
  await acceptSubmission(ledger, { ...made, blob: 'other/', upload: refOf(2).upload });
  t.strictSame((await findUpload(ledger, refOf(2))).blobs, [adapter], 'the same again: that of the first');
  await assertSound(t, ledger);
  redis.clock.advance(KEPT_SECONDS + 1);
  t.equal(await expireUploads(ledger), 2);
  await assertSound(t, ledger);
});

t.test('retention takes pieces that no upload knows, and leaves the others', async (t) => {
  const ledger = redis.ledger();
  const blobs = await folderBlobs(t.testdir({}), { reserveBytes: 0 });
  await collecting(ledger);
  await create(ledger, 1);
  for (const index of [1, 2])
    await blobs.write(`${uploadFolder(FEDERATION, refOf(index).upload)}a`, new Uint8Array(40));
  const run = await applyRetention(ledger, blobs, FEDERATION, { orphanAgeMs: 0 });
  t.match(run.freed, { uploads: 1, bytes: 40 });
  t.ok(await blobs.stat(`${uploadFolder(FEDERATION, refOf(1).upload)}a`));
});
