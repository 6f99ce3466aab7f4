import { utimes } from 'node:fs/promises';
import t, { type Test } from 'tap';
import { failAdapter } from '../../src/adapters/failAdapter.js';
import { promoteAdapter } from '../../src/adapters/promoteAdapter.js';
import { publishAdapter } from '../../src/adapters/publishAdapter.js';
import { publishedAdapter } from '../../src/adapters/publishedAdapter.js';
import { requestAdapter } from '../../src/adapters/requestAdapter.js';
import type { Blobs } from '../../src/blobs/blobs.js';
import { folderBlobs } from '../../src/blobs/folderBlobs.js';
import { adapterFolder, sumFolder } from '../../src/blobs/keys.js';
import { readEvents } from '../../src/events/readEvents.js';
import { updateFederation } from '../../src/federations/updateFederation.js';
import type { Ledger } from '../../src/ledger/openLedger.js';
import { applyRetention } from '../../src/retention/applyRetention.js';
import { listMarked } from '../../src/retention/listMarked.js';
import { removeMarked } from '../../src/retention/removeMarked.js';
import { closeRound } from '../../src/rounds/closeRound.js';
import { getRound } from '../../src/rounds/getRound.js';
import { openRound } from '../../src/rounds/openRound.js';
import { retryRound } from '../../src/rounds/retryRound.js';
import { acceptSubmission } from '../../src/submissions/acceptSubmission.js';
import { findSubmission } from '../../src/submissions/findSubmission.js';
import { getSubmission } from '../../src/submissions/getSubmission.js';
import { publishSum } from '../../src/sums/publishSum.js';
import { requestSum } from '../../src/sums/requestSum.js';
import { getAdapter } from '../fixtures/getAdapter.js';
import { attempt, collecting, offer, RESULT } from '../fixtures/scenes.js';
import { assertSound } from '../fixtures/soundness.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);
const SUBMISSION_BYTES = 100;
const ADAPTER_BYTES = 30;
const NOTHING = { bytes: 0, submissions: 0, adapters: 0, sums: 0, uploads: 0 };

interface Scene {
  ledger: Ledger;
  blobs: Blobs;
  root: string;
}

async function write(blobs: Blobs, key: string, bytes: number): Promise<void> {
  await blobs.write(key, new Uint8Array(bytes));
}

/** Rounds of two submissions each; the last of `ends` names how the last of them ends. */
async function scene(t: Test, ends: readonly ('published' | 'failed')[]): Promise<Scene> {
  const ledger = redis.ledger();
  const root = t.testdir({});
  const blobs = await folderBlobs(root, { reserveBytes: 0 });
  await collecting(ledger);
  for (const [index, end] of ends.entries()) {
    const round = index + 1;
    if (round > 1) await openRound(ledger, 'demo');
    for (const client of ['c0', 'c1']) {
      const blob = `federations/demo/rounds/${round}/submissions/${client}/upload/`;
      await write(blobs, `${blob}adapter_model.safetensors`, SUBMISSION_BYTES);
      await acceptSubmission(ledger, offer(client, `${round}`, { round, blob }));
    }
    await closeRound(ledger, 'demo', round, 'operator');
    const ref = await attempt(ledger, 'a1', round);
    if (end === 'failed') await failAdapter(ledger, ref, { code: 'internal', detail: 'It broke.' });
    else await publish({ ledger, blobs, root }, 'a1', round);
  }
  return { ledger, blobs, root };
}

async function publish({ ledger, blobs }: Scene, adapter: string, round: number): Promise<void> {
  const ref = await attempt(ledger, adapter, round);
  const folder = adapterFolder(ref);
  await write(blobs, `${folder}adapter_model.safetensors`, ADAPTER_BYTES);
  await write(blobs, `${folder}adapter_config.json`, 1);
  for (const kept of ['spectrum', 'result', 'lineage']) await write(blobs, `${folder}${kept}.json`, 7);
  await publishAdapter(ledger, ref, { ...RESULT, sha256: String(round).repeat(64) });
}

async function keysOf(blobs: Blobs, prefix = 'federations/demo/'): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of blobs.list(prefix)) keys.push(key);
  return keys;
}

async function appliedEvents(ledger: Ledger) {
  const events = await readEvents(ledger, 'demo', '0', 1_000);
  return events.flatMap(({ event }) => (event.type === 'retention.applied' ? [event.freed] : []));
}

t.test('without a policy everything stays', async (t) => {
  const { ledger, blobs } = await scene(t, ['published', 'published']);
  const before = await keysOf(blobs);
  t.strictSame(await applyRetention(ledger, blobs, 'demo'), {
    ...{ dryRun: false, freed: NOTHING, submissionRounds: [], adapterRounds: [] },
  });
  t.strictSame(await keysOf(blobs), before);
  t.strictSame(await appliedEvents(ledger), []);
});

t.test('keeps the submissions of the latest rounds that ended, and every number', async (t) => {
  const { ledger, blobs } = await scene(t, ['published', 'failed', 'published', 'published']);
  await updateFederation(ledger, 'demo', { retention: { submissionRounds: 2 } });
  const freed = { ...NOTHING, bytes: 4 * SUBMISSION_BYTES, submissions: 4 };
  const run = { freed, submissionRounds: [1, 2], adapterRounds: [] };
  const before = await keysOf(blobs);
  t.strictSame(await applyRetention(ledger, blobs, 'demo', { dryRun: true }), { ...run, dryRun: true });
  t.strictSame(await keysOf(blobs), before, 'a dry run deletes nothing');
  t.equal((await getRound(ledger, 'demo', 1)).submissionsDeletedAt, undefined);

  t.strictSame(await applyRetention(ledger, blobs, 'demo'), { ...run, dryRun: false });
  t.strictSame(
    (await keysOf(blobs)).filter((key) => key.includes('/submissions/')).map((key) => key.split('/')[3]),
    ['3', '3', '4', '4'],
  );
  t.match(await getRound(ledger, 'demo', 1), { submissionCount: 2, submissionsDeletedAt: /^2026-/ });
  t.match(await getSubmission(ledger, 'demo', 1, 'c0'), { client: 'c0', bytes: 4096 });
  await t.rejects(findSubmission(ledger, 'demo', 1, 'c0'), { code: 'submissions_gone' });
  await t.rejects(requestAdapter(ledger, 'demo', 1, { method: 'fedit' }), { code: 'submissions_gone' });
  await t.rejects(retryRound(ledger, 'demo', 2), { code: 'submissions_gone' });
  await requestAdapter(ledger, 'demo', 3, { method: 'fedit' });
  t.strictSame(await appliedEvents(ledger), [freed]);
  await applyRetention(ledger, blobs, 'demo');
  t.strictSame(await appliedEvents(ledger), [freed], 'nothing to do is nothing to tell');
  await assertSound(t, ledger);
});

t.test(
  'keeps the adapters of the latest published rounds, and of the others all but the files',
  async (t) => {
    const made = await scene(t, ['published', 'published', 'failed', 'published']);
    const { ledger, blobs } = made;
    await requestAdapter(ledger, 'demo', 1, { method: 'fedit' });
    await publish(made, 'a2', 1);
    await updateFederation(ledger, 'demo', { retention: { adapterRounds: 2 } });
    const freed = { ...NOTHING, bytes: 2 * (ADAPTER_BYTES + 1), adapters: 2 };
    t.match(await applyRetention(ledger, blobs, 'demo'), { freed, adapterRounds: [1] });
    const { folder } = await publishedAdapter(ledger, 'demo', 1, 'a1');
    t.strictSame(
      (await keysOf(blobs, folder)).map((key) => key.slice(folder.length)),
      ['lineage.json', 'result.json', 'spectrum.json'],
    );
    t.match(await getAdapter(ledger, 'demo', 1, 'a1'), {
      state: 'published',
      filesDeletedAt: /^2026-/,
      result: { modules: RESULT.modules },
    });
    await t.rejects(promoteAdapter(ledger, 'demo', 1, 'a2'), { code: 'adapter_gone' });
    await t.rejects(requestSum(ledger, { federation: 'demo', since: 0, tau: 1 }), {
      code: 'adapter_gone',
      message: /since=1 is the earliest/,
    });
    t.equal((await requestSum(ledger, { federation: 'demo', since: 1, tau: 1 })).outcome, 'making');
    t.equal((await requestAdapter(ledger, 'demo', 1, { method: 'fedit' })).id, 'a3', 'it can be made anew');
    await assertSound(t, ledger);
  },
);

t.test(
  'the latest published adapter is never deleted, whatever is promoted and whatever fails after it',
  async (t) => {
    const made = await scene(t, ['published', 'published', 'failed', 'failed']);
    const { ledger, blobs } = made;
    await requestAdapter(ledger, 'demo', 2, { method: 'fedit' });
    await publish(made, 'a2', 2);
    await promoteAdapter(ledger, 'demo', 2, 'a2');
    await updateFederation(ledger, 'demo', { retention: { adapterRounds: 1, submissionRounds: 1 } });
    t.match(await applyRetention(ledger, blobs, 'demo'), { adapterRounds: [1], submissionRounds: [1, 2, 3] });
    const { adapter, folder } = await publishedAdapter(ledger, 'demo', 2, 'current');
    t.match(adapter, { id: 'a2', filesDeletedAt: undefined });
    t.equal((await keysOf(blobs, folder)).length, 5);
  },
);

t.test('leaves what is in use: what an adapter or a sum is being made of', async (t) => {
  const made = await scene(t, ['published', 'published', 'published']);
  const { ledger, blobs } = made;
  await requestAdapter(ledger, 'demo', 1, { method: 'fedit' });
  const sum = await requestSum(ledger, { federation: 'demo', since: 0, through: 2, tau: 1 });
  await updateFederation(ledger, 'demo', { retention: { adapterRounds: 1, submissionRounds: 1 } });
  t.match(await applyRetention(ledger, blobs, 'demo'), { adapterRounds: [], submissionRounds: [2] });
  await publish(made, 'a2', 1);
  if (sum.outcome !== 'making') return t.fail('not making');
  await publishSum(ledger, sum.ref, { sha256: 'e'.repeat(64), bytes: 9 });
  t.match(await applyRetention(ledger, blobs, 'demo'), { adapterRounds: [1, 2], submissionRounds: [1] });
  await assertSound(t, ledger);
});

t.test('sums that nobody asks for go', async (t) => {
  const { ledger, blobs } = await scene(t, ['published', 'published']);
  const wish = { federation: 'demo', since: 0, tau: 1 };
  const sum = await requestSum(ledger, wish);
  if (sum.outcome !== 'making') return t.fail('not making');
  redis.clock.advance(10);
  await write(blobs, `${sumFolder(sum.ref)}adapter_model.safetensors`, 50);
  t.match(await applyRetention(ledger, blobs, 'demo', { sumIdleMs: 5_000 }), { freed: NOTHING }, 'under way');
  await publishSum(ledger, sum.ref, { sha256: 'e'.repeat(64), bytes: 50 });
  t.match(
    await applyRetention(ledger, blobs, 'demo', { sumIdleMs: 20_000 }),
    { freed: NOTHING },
    'asked for',
  );
  t.match(await applyRetention(ledger, blobs, 'demo', { sumIdleMs: 5_000 }), {
    freed: { sums: 1, bytes: 50 },
  });
  t.strictSame(
    (await keysOf(blobs)).filter((key) => key.includes('/sums/')),
    [],
  );
  t.equal((await requestSum(ledger, wish)).outcome, 'making', 'it is made anew for whoever asks again');
  await assertSound(t, ledger);
});

t.test('uploads that no submission names go when they are old', async (t) => {
  const { ledger, blobs, root } = await scene(t, ['published']);
  await openRound(ledger, 'demo');
  const folders = [
    'rounds/1/submissions/c0/orphan/',
    'rounds/2/submissions/c9/orphan/',
    'rounds/2/submissions/c9/young/',
  ];
  for (const folder of folders) {
    await write(blobs, `federations/demo/${folder}adapter_model.safetensors`, 11);
    await write(blobs, `federations/demo/${folder}adapter_config.json`, 2);
  }
  const long = new Date(Date.now() - 25 * 3_600_000);
  for (const key of await keysOf(blobs))
    if (!key.includes('young')) await utimes(`${root}/${key}`, long, long);
  const freed = { ...NOTHING, uploads: 2, bytes: 26 };
  t.match(await applyRetention(ledger, blobs, 'demo', { dryRun: true }), { freed });
  t.match(await applyRetention(ledger, blobs, 'demo'), { freed });
  const left = (await keysOf(blobs)).filter((key) => key.includes('/submissions/'));
  t.strictSame(left, [
    'federations/demo/rounds/1/submissions/c0/upload/adapter_model.safetensors',
    'federations/demo/rounds/1/submissions/c1/upload/adapter_model.safetensors',
    'federations/demo/rounds/2/submissions/c9/young/adapter_config.json',
    'federations/demo/rounds/2/submissions/c9/young/adapter_model.safetensors',
  ]);
  t.strictSame(await appliedEvents(ledger), [freed]);
});

t.test(
  'a submission that was late for its round stays, though its folder is that of a round that is over',
  async (t) => {
    const { ledger, blobs, root } = await scene(t, ['published']);
    await updateFederation(ledger, 'demo', { rounds: { late: 'carry' } });
    await openRound(ledger, 'demo');
    const blob = 'federations/demo/rounds/2/submissions/c1/late/';
    await write(blobs, `${blob}adapter_model.safetensors`, SUBMISSION_BYTES);
    await acceptSubmission(
      ledger,
      offer('c0', 'two', { round: 2, blob: 'federations/demo/rounds/2/submissions/c0/two/' }),
    );
    await closeRound(ledger, 'demo', 2, 'operator');
    t.match(await acceptSubmission(ledger, offer('c1', 'late', { round: 2, blob })), { outcome: 'carried' });
    const long = new Date(Date.now() - 25 * 3_600_000);
    for (const key of await keysOf(blobs)) await utimes(`${root}/${key}`, long, long);
    t.match(await applyRetention(ledger, blobs, 'demo'), { freed: { uploads: 0 } });
    t.ok(await blobs.stat(`${blob}adapter_model.safetensors`), 'it waits for a round that has not opened');
    await publish({ ledger, blobs, root }, 'a1', 2);
    await openRound(ledger, 'demo');
    t.match(await applyRetention(ledger, blobs, 'demo'), { freed: { uploads: 0 } });
    t.ok(await blobs.stat(`${blob}adapter_model.safetensors`), 'and for the one that has');
  },
);

t.test('what was marked and not removed is removed by whoever comes next', async (t) => {
  const { ledger, blobs, root } = await scene(t, ['published', 'published']);
  await updateFederation(ledger, 'demo', { retention: { submissionRounds: 1 } });
  const broken = await folderBlobs(root, { reserveBytes: 0 });
  broken.remove = async () => {
    throw new Error('the process ended here');
  };
  await t.rejects(applyRetention(ledger, broken, 'demo'), /ended here/);
  t.equal((await keysOf(blobs)).filter((key) => key.includes('rounds/1/submissions')).length, 2);
  t.strictSame(await listMarked(ledger), ['demo']);
  await removeMarked(ledger, blobs, 'demo');
  t.equal((await keysOf(blobs)).filter((key) => key.includes('rounds/1/submissions')).length, 0);
  t.strictSame(await listMarked(ledger), []);
  await assertSound(t, ledger);
});

t.test('two runs at once free everything once', async (t) => {
  const { ledger, blobs } = await scene(t, ['published', 'published', 'published']);
  await updateFederation(ledger, 'demo', { retention: { submissionRounds: 1 } });
  const [one, two] = redis.connections(ledger, 2);
  const runs = await Promise.all([one, two].map((each) => applyRetention(each ?? ledger, blobs, 'demo')));
  t.equal(
    runs.reduce((sum, { freed }) => sum + freed.submissions, 0),
    4,
  );
  t.equal((await appliedEvents(ledger)).length, 1);
});

t.test('null keeps for ever again', async (t) => {
  const { ledger } = await scene(t, ['published']);
  const set = await updateFederation(ledger, 'demo', {
    retention: { submissionRounds: 1, adapterRounds: 3 },
  });
  t.strictSame(set.retention, { submissionRounds: 1, adapterRounds: 3 });
  const unset = await updateFederation(ledger, 'demo', { retention: { submissionRounds: null } });
  t.strictSame(unset.retention, { adapterRounds: 3 });
});
