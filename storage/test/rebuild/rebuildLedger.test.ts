import { readdir, rm, writeFile } from 'node:fs/promises';
import t, { type Test } from 'tap';
import { folderBlobs } from '../../src/blobs/folderBlobs.js';
import { registerClient } from '../../src/clients/registerClient.js';
import { verifyClientToken } from '../../src/clients/verifyClientToken.js';
import { createFederation } from '../../src/federations/createFederation.js';
import { getFederation } from '../../src/federations/getFederation.js';
import { listFederations } from '../../src/federations/listFederations.js';
import { runScript } from '../../src/ledger/runScript.js';
import { LOAD } from '../../src/rebuild/loadScripts.js';
import { planRebuild } from '../../src/rebuild/planRebuild.js';
import { rebuildLedger } from '../../src/rebuild/rebuildLedger.js';
import { saveRecords } from '../../src/records/saveRecords.js';
import { closeRound } from '../../src/rounds/closeRound.js';
import { getRound } from '../../src/rounds/getRound.js';
import { listPending } from '../../src/rounds/listPending.js';
import { openRound } from '../../src/rounds/openRound.js';
import { getSubmission } from '../../src/submissions/getSubmission.js';
import { listSubmissions } from '../../src/submissions/listSubmissions.js';
import { restoreSubmission } from '../../src/submissions/restoreSubmission.js';
import { answers } from '../fixtures/answers.js';
import { playHistory, sweepRecords } from '../fixtures/history.js';
import { assertSound } from '../fixtures/soundness.js';
import { testRedis } from '../fixtures/testLedger.js';
import { publishFiles, type Stores, submit } from '../fixtures/uploads.js';

const redis = await testRedis(t);

async function stores(t: Test): Promise<Stores & { root: string }> {
  const root = t.testdir({});
  return { ledger: redis.ledger(), blobs: await folderBlobs(root, { reserveBytes: 0 }), root };
}

/** Everything that Redis held of this ledger is gone. */
async function lose({ ledger }: Stores): Promise<void> {
  for (const key of await redis.redis.keys(`${ledger.prefix}:*`)) await redis.redis.unlink(key);
}

t.test('a ledger that was lost after a long history answers as before', async (t) => {
  const made = await stores(t);
  const { ledger, blobs } = made;
  const tokens = await playHistory(made);
  await sweepRecords(made);
  await assertSound(t, ledger, 'sound before');
  const before = await answers(made);
  const pending = await listPending(ledger);
  await lose(made);
  t.strictSame((await listFederations(ledger)).items, []);

  const dry = await rebuildLedger(ledger, blobs, { dryRun: true });
  t.strictSame(await redis.redis.keys(`${ledger.prefix}:*`), [], 'a dry run writes nothing');
  const rebuilt = await rebuildLedger(ledger, blobs);
  t.strictSame(rebuilt, dry);
  t.strictSame(
    rebuilt.map(({ federation, clients, rounds, submissions, adapters }) => [
      ...[federation, clients, rounds, submissions, adapters],
    ]),
    [
      ['anew', 1, 1, 0, 0],
      ['busy', 2, 2, 4, 2],
      ['lean', 2, 3, 6, 1],
      ['long', 4, 5, 12, 3],
    ],
  );
  t.strictSame(
    rebuilt.flatMap(({ problems }) => problems),
    [],
  );
  t.strictSame(await answers(made), before);
  for (const token of tokens.valid) t.ok(await verifyClientToken(ledger, token), 'a token works');
  for (const token of tokens.void)
    t.equal(await verifyClientToken(ledger, token), undefined, 'a void one not');
  await assertSound(t, ledger, 'sound after');

  const again = await listPending(ledger);
  t.strictSame(
    again.aggregating.map(({ round, adapter }) => [round, adapter]),
    [[2, 'a1']],
  );
  t.ok(
    (again.aggregating[0]?.attempt ?? 0) > (pending.aggregating[0]?.attempt ?? 0),
    'what was under way is begun again under a number of its own',
  );
  await publishFiles(made, 'busy');
  t.equal((await openRound(ledger, 'busy')).number, 3);
  await t.rejects(openRound(ledger, 'long'), { code: 'round_open' });
  await closeRound(ledger, 'long', 5, 'operator');
  await publishFiles(made, 'long');
  t.equal((await openRound(ledger, 'long')).number, 6);
  await assertSound(t, ledger, 'sound later');

  await sweepRecords(made);
  const later = await answers(made);
  await lose(made);
  await rebuildLedger(ledger, blobs);
  t.strictSame(await answers(made), later, 'and can be lost again');
});

t.test('an acknowledged submission depends on no sweep', async (t) => {
  const made = await stores(t);
  const { ledger, blobs } = made;
  await createFederation(ledger, { name: 'demo', rounds: { maxSubmissions: 2 } });
  for (const client of ['a', 'b', 'c']) await registerClient(ledger, 'demo', client);
  await openRound(ledger, 'demo');
  const { receipt } = await submit(made, 'demo', 1, 'a');
  await lose(made);
  t.match(await rebuildLedger(ledger, blobs), [{ federation: 'demo', rounds: 1, submissions: 1 }]);
  t.strictSame(await getSubmission(ledger, 'demo', 1, 'a'), receipt);
  await registerClient(ledger, 'demo', 'b');
  await submit(made, 'demo', 1, 'b');
  await lose(made);
  await rebuildLedger(ledger, blobs);
  t.match(await getRound(ledger, 'demo', 1), { state: 'aggregating', submissionCount: 2, closedBy: 'full' });
  await assertSound(t, ledger);
});

t.test('refuses a ledger that is not empty, unless told what to restore', async (t) => {
  const made = await stores(t);
  const { ledger, blobs } = made;
  for (const name of ['one', 'two']) {
    await createFederation(ledger, { name });
    await saveRecords(ledger, blobs, name);
  }
  await lose(made);
  await createFederation(ledger, { name: 'three' });
  await t.rejects(rebuildLedger(ledger, blobs), { code: 'federation_exists', message: /not empty.* three/ });
  t.match(await rebuildLedger(ledger, blobs, { federations: ['two'] }), [{ federation: 'two' }]);
  await t.rejects(rebuildLedger(ledger, blobs, { federations: ['one', 'two'] }), { message: /it has two/ });
  await t.rejects(rebuildLedger(ledger, blobs, { federations: ['none'] }), { code: 'federation_not_found' });
  t.strictSame(
    (await listFederations(ledger)).items.map(({ name }) => name),
    ['three', 'two'],
  );
  await assertSound(t, ledger);
});

t.test('a rebuild that broke off is begun anew', async (t) => {
  const made = await stores(t);
  const { ledger, blobs } = made;
  await playHistory(made);
  await sweepRecords(made);
  const before = await answers(made);
  await lose(made);
  const plan = await planRebuild(blobs, 'long');
  if (typeof plan !== 'object') return t.fail('nothing to rebuild');
  for (const { keys } of plan.records) await runScript(ledger, LOAD, 'long', { keys });
  for (const file of plan.receipts.slice(0, 3)) await restoreSubmission(ledger, 'long', file, true);
  t.strictSame((await listFederations(ledger)).items, [], 'nothing is shown half done');
  await rebuildLedger(ledger, blobs);
  t.strictSame(await answers(made), before);
});

t.test('says what cannot be mended, and restores the rest', async (t) => {
  const made = await stores(t);
  const { ledger, blobs, root } = made;
  await createFederation(ledger, { name: 'demo' });
  await registerClient(ledger, 'demo', 'a');
  for (const round of [1, 2, 3]) {
    await openRound(ledger, 'demo');
    await submit(made, 'demo', round, 'a');
    await closeRound(ledger, 'demo', round, 'operator');
    await publishFiles(made, 'demo');
  }
  await sweepRecords(made);
  const { items } = await listSubmissions(ledger, 'demo', 1);
  await lose(made);
  await rm(`${root}/records/demo/round/2`, { recursive: true });
  const [upload] = await readdir(`${root}/federations/demo/rounds/1/submissions/a`);
  await writeFile(
    `${root}/federations/demo/rounds/1/submissions/a/${upload}/adapter_model.safetensors`,
    'short',
  );
  const [attempt] = await readdir(`${root}/federations/demo/rounds/3/adapters/a1`);
  await rm(`${root}/federations/demo/rounds/3/adapters/a1/${attempt}/adapter_model.safetensors`);
  const [rebuilt] = await rebuildLedger(ledger, blobs);
  t.match(rebuilt?.problems, [
    /round 2 has no record/,
    /adapter a1 of round 3 is missing/,
    /a's submission to round 1 has 5 bytes/,
  ]);
  t.strictSame((await listSubmissions(ledger, 'demo', 1)).items, items);
  t.match(await getRound(ledger, 'demo', 2), {
    state: 'failed',
    error: { code: 'round_lost' },
    submissionCount: 1,
  });
  t.match(await getFederation(ledger, 'demo'), { latestRound: { number: 3, state: 'published' } });
  await assertSound(t, ledger);
});
