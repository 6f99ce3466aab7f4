import { readdir, rm, writeFile } from 'node:fs/promises';
import t, { type Test } from 'tap';
import { publishedAdapter } from '../../src/adapters/publishedAdapter.js';
import { folderBlobs } from '../../src/blobs/folderBlobs.js';
import { ADAPTER_FILE, adapterFolder, CONFIG_FILE, RECEIPT_FILE } from '../../src/blobs/keys.js';
import { registerClient } from '../../src/clients/registerClient.js';
import { lastEventId } from '../../src/events/lastEventId.js';
import { readEvents } from '../../src/events/readEvents.js';
import { createFederation } from '../../src/federations/createFederation.js';
import { rebuildLedger } from '../../src/rebuild/rebuildLedger.js';
import { listFindings } from '../../src/reconcile/finding.js';
import { findLost } from '../../src/reconcile/findLost.js';
import { reconcile } from '../../src/reconcile/reconcile.js';
import { recordedFederations } from '../../src/records/readRecords.js';
import { saveRecords } from '../../src/records/saveRecords.js';
import { removeMarked } from '../../src/retention/removeMarked.js';
import { closeRound } from '../../src/rounds/closeRound.js';
import { getRound } from '../../src/rounds/getRound.js';
import { openRound } from '../../src/rounds/openRound.js';
import { acceptSubmission } from '../../src/submissions/acceptSubmission.js';
import { getSubmission } from '../../src/submissions/getSubmission.js';
import { removeSubmission } from '../../src/submissions/removeSubmission.js';
import { answers } from '../fixtures/answers.js';
import { assertSound } from '../fixtures/soundness.js';
import { testRedis } from '../fixtures/testLedger.js';
import { publishFiles, type Stores, store, submit } from '../fixtures/uploads.js';

const redis = await testRedis(t);
const AT_ONCE = { uploadAgeMs: 0, leftoverAgeMs: 0 };
const NOTHING = { restored: 0, removed: 0, receipts: 0, findings: [] };

/** A round that collects, of clients a, b and c. */
async function scene(t: Test): Promise<Stores & { root: string }> {
  const root = t.testdir({});
  const made = { ledger: redis.ledger(), blobs: await folderBlobs(root, { reserveBytes: 0 }), root };
  await createFederation(made.ledger, { name: 'demo' });
  for (const client of ['a', 'b', 'c']) await registerClient(made.ledger, 'demo', client);
  await openRound(made.ledger, 'demo');
  await saveRecords(made.ledger, made.blobs, 'demo');
  return made;
}

/** What Redis holds of the ledger, to put it back later as from an old copy. */
async function copy({ ledger }: Stores): Promise<() => Promise<void>> {
  const keys = await redis.redis.keys(`${ledger.prefix}:*`);
  const dumps = await Promise.all(keys.map((key) => redis.redis.dumpBuffer(key)));
  return async () => {
    for (const key of await redis.redis.keys(`${ledger.prefix}:*`)) await redis.redis.unlink(key);
    for (const [index, key] of keys.entries()) {
      const dump = dumps[index];
      if (dump) await redis.redis.restore(key, 0, dump);
    }
  };
}

t.test(
  'an upload that the ledger was never asked about counts, if nothing else of its client does',
  async (t) => {
    const made = await scene(t);
    const { ledger, blobs } = made;
    await store(made, 'demo', 1, 'a');
    const { receipt } = await submit(made, 'demo', 1, 'b');
    const other = await store(made, 'demo', 1, 'b', 'other', { replace: true });
    t.strictSame(await reconcile(ledger, blobs, 'demo'), NOTHING, 'a young one may still be at work');
    t.strictSame(await reconcile(ledger, blobs, 'demo', AT_ONCE), { ...NOTHING, restored: 1, removed: 1 });
    t.match(await getSubmission(ledger, 'demo', 1, 'a'), { client: 'a', round: 1 });
    t.strictSame(await getSubmission(ledger, 'demo', 1, 'b'), receipt, 'it replaces nothing');
    t.equal(await blobs.stat(other.blob + ADAPTER_FILE), undefined);
    t.strictSame(await reconcile(ledger, blobs, 'demo', AT_ONCE), NOTHING);
    await assertSound(t, ledger);
  },
);

t.test('an upload that lacks one of its files is never offered', async (t) => {
  const made = await scene(t);
  const { ledger, blobs } = made;
  for (const [client, file] of [
    ['a', ADAPTER_FILE],
    ['b', CONFIG_FILE],
  ] as const) {
    const { blob } = await store(made, 'demo', 1, client);
    await blobs.remove(blob + file);
  }
  t.strictSame(await reconcile(ledger, blobs, 'demo', AT_ONCE), NOTHING);
});

t.test('an upload for a round that has ended its collecting goes', async (t) => {
  const made = await scene(t);
  const { ledger, blobs } = made;
  await submit(made, 'demo', 1, 'a');
  const late = await store(made, 'demo', 1, 'b');
  await closeRound(ledger, 'demo', 1, 'operator');
  t.match(await reconcile(ledger, blobs, 'demo', AT_ONCE), { restored: 0, removed: 1 });
  t.equal(await blobs.stat(late.blob + ADAPTER_FILE), undefined);
});

t.test('an accepted submission whose client was never answered gets its receipt', async (t) => {
  const made = await scene(t);
  const { ledger, blobs } = made;
  const offer = await store(made, 'demo', 1, 'a');
  const { receipt, file } = await acceptSubmission(ledger, offer);
  t.match(await reconcile(ledger, blobs, 'demo', AT_ONCE), { receipts: 1 });
  t.ok(await blobs.stat(file.record.blob + RECEIPT_FILE));
  for (const key of await redis.redis.keys(`${ledger.prefix}:*`)) await redis.redis.unlink(key);
  await rebuildLedger(ledger, blobs);
  t.strictSame(await getSubmission(ledger, 'demo', 1, 'a'), receipt);
});

t.test('a withdrawn submission stays gone, even if its files could not be removed', async (t) => {
  const made = await scene(t);
  const { ledger, blobs } = made;
  await submit(made, 'demo', 1, 'a');
  const { blob } = await removeSubmission(ledger, 'demo', 1, 'a');
  t.strictSame(await reconcile(ledger, blobs, 'demo', AT_ONCE), NOTHING);
  await t.rejects(getSubmission(ledger, 'demo', 1, 'a'), { code: 'submission_not_found' });
  await removeMarked(ledger, blobs, 'demo');
  t.equal(await blobs.stat(blob + ADAPTER_FILE), undefined);
});

t.test('a ledger put back from an old copy gets what was accepted since, word for word', async (t) => {
  const made = await scene(t);
  const { ledger, blobs } = made;
  await submit(made, 'demo', 1, 'a');
  const putBack = await copy(made);
  redis.clock.advance(7);
  await submit(made, 'demo', 1, 'a', 'second', { replace: true });
  await submit(made, 'demo', 1, 'b');
  await registerClient(ledger, 'demo', 'd');
  await saveRecords(ledger, blobs, 'demo');
  const before = await answers(made);
  await putBack();
  redis.clock.advance(7);
  const { restored, findings } = await reconcile(ledger, blobs, 'demo', AT_ONCE);
  t.equal(restored, 2);
  t.match(findings, [{ kind: 'ledger_behind', detail: /changes of client\/d are lost/ }]);
  const after = await answers(made);
  t.strictSame(after['demo 1 submissions'], before['demo 1 submissions']);
  await saveRecords(ledger, blobs, 'demo');
  t.strictSame(
    await reconcile(ledger, blobs, 'demo', AT_ONCE),
    NOTHING,
    'and the records follow the ledger again',
  );
  await assertSound(t, ledger);
});

t.test('an attempt that an older ledger does not know is never taken up again', async (t) => {
  const made = await scene(t);
  const { ledger, blobs } = made;
  await submit(made, 'demo', 1, 'a');
  const putBack = await copy(made);
  await closeRound(ledger, 'demo', 1, 'operator');
  await publishFiles(made, 'demo');
  await putBack();
  await submit(made, 'demo', 1, 'b');
  t.match(await reconcile(ledger, blobs, 'demo', AT_ONCE), { removed: 1 });
  await closeRound(ledger, 'demo', 1, 'operator');
  await publishFiles(made, 'demo');
  const { folder } = await publishedAdapter(ledger, 'demo', 1, 'a1');
  t.equal(folder, adapterFolder({ federation: 'demo', round: 1, adapter: 'a1', attempt: 2 }));
  await assertSound(t, ledger);
});

t.test('a submission that its closed round lacks is kept and reported', async (t) => {
  const made = await scene(t);
  const { ledger, blobs } = made;
  await submit(made, 'demo', 1, 'a');
  const putBack = await copy(made);
  const { file } = await submit(made, 'demo', 1, 'b');
  await putBack();
  await closeRound(ledger, 'demo', 1, 'operator');
  const { findings } = await reconcile(ledger, blobs, 'demo', AT_ONCE);
  t.match(findings, [{ kind: 'submission_left_out', round: 1, client: 'b' }]);
  t.ok(await blobs.stat(file.record.blob + ADAPTER_FILE));
  t.match(await getRound(ledger, 'demo', 1), { state: 'aggregating', submissionCount: 1 });
});

t.test('reports what is damaged until it is mended, and tells of it once', async (t) => {
  const made = await scene(t);
  const { ledger, blobs, root } = made;
  const submitted = await submit(made, 'demo', 1, 'a');
  const flipped = await submit(made, 'demo', 1, 'b');
  await closeRound(ledger, 'demo', 1, 'operator');
  await publishFiles(made, 'demo');
  const { folder } = await publishedAdapter(ledger, 'demo', 1, 'a1');
  t.match(await reconcile(ledger, blobs, 'demo', { deep: true }), { findings: [] });
  const since = await lastEventId(ledger, 'demo');
  const key = `${root}/${submitted.file.record.blob}${ADAPTER_FILE}`;
  await writeFile(key, 'short');
  await rm(`${root}/${folder}${ADAPTER_FILE}`);
  await writeFile(`${root}/${flipped.file.record.blob}${ADAPTER_FILE}`, 'x'.repeat(flipped.receipt.bytes));

  t.match((await reconcile(ledger, blobs, 'demo')).findings, [
    { kind: 'submission_damaged', client: 'a', detail: /has 5 bytes instead of/ },
    { kind: 'adapter_damaged', adapter: 'a1', detail: /is missing/ },
  ]);
  t.match((await reconcile(ledger, blobs, 'demo', { deep: true })).findings, [
    { kind: 'submission_damaged', client: 'b', detail: /other bytes than its SHA-256 says/ },
  ]);
  t.match(await reconcile(ledger, blobs, 'demo'), { findings: [] }, 'known ones are not told again');
  const { checkedAt, findings } = await listFindings(ledger);
  t.equal(checkedAt, redis.clock.now().toISOString());
  t.equal(findings.length, 3, 'nor are they forgotten by a look that does not read');
  const told = (await readEvents(ledger, 'demo', since, 99)).filter(
    ({ event }) => event.type === 'storage.damaged',
  );
  t.equal(told.length, 3);
  const [upload] = await readdir(`${root}/federations/demo/rounds/1/submissions/b`);
  t.ok(upload);
  await writeFile(
    `${root}/${flipped.file.record.blob}${ADAPTER_FILE}`,
    Buffer.from('demo 1 b first'.repeat(20)),
  );
  await reconcile(ledger, blobs, 'demo');
  t.equal((await listFindings(ledger)).findings.length, 2, 'what is mended is no longer amiss');
  await assertSound(t, ledger);
});

t.test('parts, attempts and sums that nothing names go, once nobody can be at them', async (t) => {
  const made = await scene(t);
  const { ledger, blobs } = made;
  await submit(made, 'demo', 1, 'a');
  await closeRound(ledger, 'demo', 1, 'operator');
  await publishFiles(made, 'demo');
  const { folder } = await publishedAdapter(ledger, 'demo', 1, 'a1');
  const kept = new Set([`${folder}${ADAPTER_FILE}`, `${folder}adapter_config.json`, `${folder}lineage.json`]);
  const left = [
    `${folder}parts/aggregate-0.bin`,
    'federations/demo/rounds/1/adapters/a7/1/parts/aggregate-0.bin',
    'federations/demo/sums/abc/1/adapter_model.safetensors',
  ];
  for (const key of left) await blobs.write(key, Buffer.from('left'));
  t.match(await reconcile(ledger, blobs, 'demo'), { removed: 0 });
  t.match(await reconcile(ledger, blobs, 'demo', AT_ONCE), { removed: 3, findings: [] });
  for (const key of left) t.equal(await blobs.stat(key), undefined, key);
  for (const key of kept) t.ok(await blobs.stat(key), key);
});

t.test('a federation that the ledger has lost is reported, and nothing of it removed', async (t) => {
  const made = await scene(t);
  const { ledger, blobs } = made;
  const { file } = await submit(made, 'demo', 1, 'a');
  for (const key of await redis.redis.keys(`${ledger.prefix}:*`)) await redis.redis.unlink(key);
  t.match(await findLost(ledger, blobs), [{ kind: 'federation_lost', subject: 'demo' }]);
  t.strictSame(await findLost(ledger, blobs), []);
  t.strictSame(await recordedFederations(blobs), ['demo']);
  t.ok(await blobs.stat(file.record.blob + ADAPTER_FILE));
  await rebuildLedger(ledger, blobs);
  await reconcile(ledger, blobs, 'demo');
  t.strictSame((await listFindings(ledger)).findings, []);
});
