import t from 'tap';
import { failAdapter } from '../../src/adapters/failAdapter.js';
import { publishAdapter } from '../../src/adapters/publishAdapter.js';
import { registerClient } from '../../src/clients/registerClient.js';
import { removeClient } from '../../src/clients/removeClient.js';
import { cancelRound } from '../../src/rounds/cancelRound.js';
import { closeRound } from '../../src/rounds/closeRound.js';
import { getRound } from '../../src/rounds/getRound.js';
import { openRound } from '../../src/rounds/openRound.js';
import { retryRound } from '../../src/rounds/retryRound.js';
import { acceptSubmission } from '../../src/submissions/acceptSubmission.js';
import { findSubmission } from '../../src/submissions/findSubmission.js';
import { getSubmission } from '../../src/submissions/getSubmission.js';
import { listSubmissions } from '../../src/submissions/listSubmissions.js';
import { removeSubmission } from '../../src/submissions/removeSubmission.js';
import { submissionRecords } from '../../src/submissions/submissionRecords.js';
import { attempt, collecting, LAYOUT, offer, RESULT } from '../fixtures/scenes.js';
import { assertSound } from '../fixtures/soundness.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);

t.test('a submission is accepted once, and the same again gives the same receipt', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  const first = await acceptSubmission(ledger, offer('c0'));
  const { sha256 } = offer('c0');
  t.match(first, {
    outcome: 'accepted',
    receipt: {
      client: 'c0',
      round: 1,
      sha256,
      bytes: 4096,
      numExamples: 100,
      modules: 3,
      rank: 4,
      acceptedAt: redis.clock.now().toISOString(),
    },
    closed: false,
  });
  redis.clock.advance(5);
  const again = await acceptSubmission(ledger, offer('c0', 'first', { blob: 'federations/demo/elsewhere/' }));
  t.strictSame(again, { ...first, outcome: 'same' });
  t.strictSame(await getSubmission(ledger, 'demo', 1, 'c0'), first.receipt);
  t.equal((await getRound(ledger, 'demo', 1)).submissionCount, 1);
  await assertSound(t, ledger);
});

t.test('the same again gives the same receipt even after the round has closed', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger, { rounds: { maxSubmissions: 1 } });
  const first = await acceptSubmission(ledger, offer('c0'));
  t.equal(first.closed, true);
  const again = await acceptSubmission(ledger, offer('c0', 'first', { blob: 'federations/demo/elsewhere/' }));
  t.match(again, { outcome: 'same', receipt: first.receipt, closed: false });
});

t.test('a command that Redis gets twice is not taken for a second upload', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger, { rounds: { maxSubmissions: 1 } });
  const first = await acceptSubmission(ledger, offer('c0'));
  const resent = await acceptSubmission(ledger, offer('c0'));
  t.strictSame(resent, first, 'the caller must not remove the folder that the record names');
});

t.test('other content is refused, unless it is to replace', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  await acceptSubmission(ledger, offer('c0'));
  await t.rejects(acceptSubmission(ledger, offer('c0', 'second')), {
    code: 'submission_conflict',
    message: 'Client c0 has already submitted other content to round 1; replace=true replaces it.',
  });
  redis.clock.advance(5);
  const replaced = await acceptSubmission(ledger, offer('c0', 'second', { replace: true, numExamples: 7 }));
  t.match(replaced, { outcome: 'replaced', replacedBlob: offer('c0').blob, closed: false });
  t.equal(replaced.receipt.numExamples, 7);
  const records = await submissionRecords(ledger, 'demo', 1);
  t.strictSame(
    records.map(({ blob }) => blob),
    [offer('c0', 'second').blob],
  );
  await assertSound(t, ledger);
});

t.test('a round that does not collect takes nothing, and gives nothing back', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  await acceptSubmission(ledger, offer('c0'));
  await closeRound(ledger, 'demo', 1, 'operator');
  const closed = { code: 'round_not_collecting', message: 'Round 1 is aggregating, not collecting.' };
  await t.rejects(acceptSubmission(ledger, offer('c1')), closed);
  await t.rejects(acceptSubmission(ledger, offer('c0', 'second', { replace: true })), closed);
  await t.rejects(removeSubmission(ledger, 'demo', 1, 'c0'), closed);
  await cancelRound(ledger, 'demo', 1);
  await t.rejects(acceptSubmission(ledger, offer('c1')), {
    message: 'Round 1 is cancelled, not collecting.',
  });
  await assertSound(t, ledger);
});

t.test(
  'a round whose aggregation failed can be retried without the submission that made it fail',
  async (t) => {
    const ledger = redis.ledger();
    await collecting(ledger, { rounds: { minSubmissions: 2 } });
    for (const client of ['c0', 'c1', 'c2']) await acceptSubmission(ledger, offer(client));
    await closeRound(ledger, 'demo', 1, 'operator');
    const ref = { federation: 'demo', round: 1, adapter: 'a1', attempt: 1 };
    await failAdapter(ledger, ref, { code: 'dtype_overflow', detail: 'c1 is too large.' });
    t.strictSame(await removeSubmission(ledger, 'demo', 1, 'c1'), { blob: offer('c1').blob });
    t.match(await retryRound(ledger, 'demo', 1), { state: 'aggregating', submissionCount: 2 });
    await failAdapter(ledger, { ...ref, attempt: 2 }, { code: 'dtype_overflow', detail: 'c2 is, too.' });
    await removeSubmission(ledger, 'demo', 1, 'c2');
    await t.rejects(retryRound(ledger, 'demo', 1), {
      code: 'round_too_few_submissions',
      message: 'Round 1 has 1 of the 2 submissions it needs to aggregate.',
    });
    await assertSound(t, ledger);
  },
);

t.test('what does not exist is refused by name', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  await t.rejects(acceptSubmission(ledger, offer('c0', 'x', { federation: 'none' })), {
    code: 'federation_not_found',
  });
  await t.rejects(acceptSubmission(ledger, offer('c0', 'x', { round: 2 })), { code: 'round_not_found' });
  await t.rejects(acceptSubmission(ledger, offer('stranger')), { code: 'client_not_found' });
  const none = { code: 'submission_not_found', message: 'Client c0 has submitted nothing to round 1.' };
  await t.rejects(getSubmission(ledger, 'demo', 'latest', 'c0'), none);
  await t.rejects(removeSubmission(ledger, 'demo', 1, 'c0'), none);
  await t.rejects(listSubmissions(ledger, 'demo', 2), { code: 'round_not_found' });
  await t.rejects(submissionRecords(ledger, 'demo', 2), { code: 'round_not_found' });
  await assertSound(t, ledger);
});

t.test('removal takes a submission out and names its blobs', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  await acceptSubmission(ledger, offer('c0'));
  await acceptSubmission(ledger, offer('c1'));
  t.strictSame(await removeSubmission(ledger, 'demo', 1, 'c0'), { blob: offer('c0').blob });
  t.equal((await getRound(ledger, 'demo', 1)).submissionCount, 1);
  t.equal((await acceptSubmission(ledger, offer('c0', 'second'))).outcome, 'accepted');
  await assertSound(t, ledger);
});

t.test('the last submission of a full round closes it in the same step', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger, { rounds: { minSubmissions: 2, maxSubmissions: 2, deadlineSeconds: 60 } });
  t.equal((await acceptSubmission(ledger, offer('c0'))).closed, false);
  t.equal((await acceptSubmission(ledger, offer('c0', 'second', { replace: true }))).closed, false);
  t.equal((await acceptSubmission(ledger, offer('c1'))).closed, true);
  t.match(await getRound(ledger, 'demo', 1), {
    state: 'aggregating',
    closedBy: 'full',
    progress: { done: 0, total: 3 },
    adapter: { id: 'a1', state: 'aggregating' },
  });
  await assertSound(t, ledger);
});

t.test('receipts come in the order of the clients, paged, quickly', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger, {}, 0);
  const names = Array.from({ length: 1100 }, (_, index) => `c${index}`);
  await Promise.all(names.map((name) => registerClient(ledger, 'demo', name)));
  await Promise.all(names.map((name) => acceptSubmission(ledger, offer(name))));
  const began = performance.now();
  const page = await listSubmissions(ledger, 'demo', 'latest', { limit: 1000 });
  t.comment(`1,000 receipts in ${(performance.now() - began).toFixed(0)} ms`);
  const rest = await listSubmissions(ledger, 'demo', 1, { limit: 1000, cursor: page.nextCursor ?? '' });
  const sorted = [...names].sort();
  t.strictSame(
    [...page.items, ...rest.items].map(({ client }) => client),
    sorted,
  );
  t.strictSame(
    (await submissionRecords(ledger, 'demo', 1)).map(({ receipt }) => receipt.client),
    sorted,
  );
  await assertSound(t, ledger);
});

t.test('names with half a surrogate pair do not stop the ledger', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  const layout = { 'a\ud800"b\\c/\u0000': '2x2' };
  t.equal((await acceptSubmission(ledger, offer('c0', 'x', { layout }))).outcome, 'accepted');
  t.equal((await acceptSubmission(ledger, offer('c1', 'x', { layout }))).outcome, 'accepted');
  await closeRound(ledger, 'demo', 1, 'operator');
  await publishAdapter(ledger, await attempt(ledger, 'a1'), RESULT);
  await assertSound(t, ledger);
});

t.test('a layout of thousands of modules is kept whole', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  const layout = Object.fromEntries(Array.from({ length: 4000 }, (_, index) => [`layers.${index}.q`, '4x4']));
  await acceptSubmission(ledger, offer('c0', 'x', { layout }));
  await acceptSubmission(ledger, offer('c1', 'x', { layout }));
  const round = await closeRound(ledger, 'demo', 1, 'operator');
  t.equal(round.progress.total, 4000);
  await assertSound(t, ledger);
});

t.test('rounds of one federation share its shapes', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  await acceptSubmission(ledger, offer('c0'));
  await closeRound(ledger, 'demo', 1, 'operator');
  await publishAdapter(ledger, await attempt(ledger, 'a1'), RESULT);
  await openRound(ledger, 'demo');
  const wrong = { ...LAYOUT, 'layers.0.q_proj': '9x8' };
  await t.rejects(acceptSubmission(ledger, offer('c0', 'x', { round: 2, layout: wrong })), {
    code: 'shape_mismatch',
  });
  await acceptSubmission(ledger, offer('c0', 'x', { round: 2 }));
  await removeSubmission(ledger, 'demo', 2, 'c0');
  await t.rejects(
    acceptSubmission(ledger, offer('c0', 'x', { round: 2, layout: wrong })),
    { code: 'shape_mismatch' },
    'what was published fixes the shapes for good',
  );
  await assertSound(t, ledger);
});

t.test('a submission is found with its place, also when its client is gone', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  const { receipt } = await acceptSubmission(ledger, offer('c0'));
  t.match(await findSubmission(ledger, 'demo', 1, 'c0'), { receipt, blob: offer('c0').blob });
  await removeClient(ledger, 'demo', 'c0');
  t.match(await findSubmission(ledger, 'demo', 1, 'c0'), { receipt, blob: offer('c0').blob });
  await t.rejects(findSubmission(ledger, 'demo', 1, 'c1'), { code: 'submission_not_found' });
  await t.rejects(findSubmission(ledger, 'demo', 1, 'nobody'), { code: 'client_not_found' });
  await t.rejects(findSubmission(ledger, 'demo', 2, 'c0'), { code: 'round_not_found' });
  await t.rejects(findSubmission(ledger, 'elsewhere', 1, 'c0'), { code: 'federation_not_found' });
});
