import { effectiveExamples } from '@florist/core/rounds/effectiveExamples';
import type { RoundPolicyInput } from '@florist/core/schemas/roundPolicy';
import t from 'tap';
import { failAdapter } from '../../src/adapters/failAdapter.js';
import { publishAdapter } from '../../src/adapters/publishAdapter.js';
import { readEvents } from '../../src/events/readEvents.js';
import { deleteFederation } from '../../src/federations/deleteFederation.js';
import type { Ledger } from '../../src/ledger/openLedger.js';
import { listParticipants } from '../../src/participants/listParticipants.js';
import { cancelRound } from '../../src/rounds/cancelRound.js';
import { closeRound } from '../../src/rounds/closeRound.js';
import { getRound } from '../../src/rounds/getRound.js';
import { openRound } from '../../src/rounds/openRound.js';
import { acceptSubmission } from '../../src/submissions/acceptSubmission.js';
import { beginUpload } from '../../src/submissions/beginUpload.js';
import { getSubmission } from '../../src/submissions/getSubmission.js';
import { removeSubmission } from '../../src/submissions/removeSubmission.js';
import { submissionRecords } from '../../src/submissions/submissionRecords.js';
import { attempt, collecting, LAYOUT, offer, RESULT } from '../fixtures/scenes.js';
import { assertSound } from '../fixtures/soundness.js';
import { testRedis } from '../fixtures/testLedger.js';

const redis = await testRedis(t);

/** A federation whose first round, with c0's submission, was closed, and that keeps what comes late. */
async function closed(rounds: RoundPolicyInput = {}): Promise<Ledger> {
  const ledger = redis.ledger();
  await collecting(ledger, { rounds: { late: 'carry', ...rounds } });
  await acceptSubmission(ledger, offer('c0'));
  await closeRound(ledger, 'demo', 1, 'operator');
  return ledger;
}

async function publish(ledger: Ledger, round: number): Promise<void> {
  await publishAdapter(ledger, await attempt(ledger, 'a1', round), RESULT);
}

t.test('refused is what comes late, unless the policy says otherwise', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger);
  await acceptSubmission(ledger, offer('c0'));
  await closeRound(ledger, 'demo', 1, 'operator');
  await t.rejects(acceptSubmission(ledger, offer('c1')), { code: 'round_not_collecting' });
  await t.rejects(beginUpload(ledger, 'demo', 1, 'c1'), { code: 'round_not_collecting' });
});

t.test('carried: it waits for the next round and counts there with less weight', async (t) => {
  const ledger = await closed();
  t.equal(await beginUpload(ledger, 'demo', 1, 'c1'), 1);
  const { outcome, receipt } = await acceptSubmission(ledger, offer('c1'));
  t.equal(outcome, 'carried');
  t.match(receipt, { client: 'c1', round: 2, numExamples: 100, acceptedAt: redis.clock.now().toISOString() });
  t.strictSame(receipt.carried, { fromRound: 1, roundsLate: 1, weight: 0.5 });
  t.equal(effectiveExamples(receipt), 50);
  await assertSound(t, ledger, 'sound while it waits');
  t.equal((await getRound(ledger, 'demo', 1)).submissionCount, 1, 'it is not part of its own round');

  await publish(ledger, 1);
  const round = await openRound(ledger, 'demo');
  t.match(round, { number: 2, submissionCount: 1, carriedCount: 1 });
  t.strictSame(round.waitingFor, ['1 more submission (0 of 1)', 'an operator to close it']);
  t.strictSame(await getSubmission(ledger, 'demo', 2, 'c1'), receipt);
  await t.rejects(closeRound(ledger, 'demo', 2, 'operator'), { code: 'round_too_few_submissions' });
  await acceptSubmission(ledger, offer('c2', 'first', { round: 2 }));
  await closeRound(ledger, 'demo', 2, 'operator');
  const records = await submissionRecords(ledger, 'demo', 2);
  t.strictSame(
    records.map(({ receipt: each }) => [each.client, effectiveExamples(each)]),
    [
      ['c1', 50],
      ['c2', 100],
    ],
  );
  const { items } = await listParticipants(ledger, 'demo', 2);
  t.match(items[1], { client: 'c1', submitted: true, carried: true });
  const told = (await readEvents(ledger, 'demo', '0', 100)).map(({ event }) => event);
  t.match(
    told.find(({ type }) => type === 'submission.carried'),
    { round: 2, client: 'c1', detail: 'late for round 1: its examples count 0.5 times' },
  );
  await assertSound(t, ledger);
});

t.test('how late it is decides its weight, and a round that collects takes it at once', async (t) => {
  const ledger = await closed({ stalenessWeight: 0.8 });
  await publish(ledger, 1);
  for (const round of [2, 3]) {
    await openRound(ledger, 'demo');
    await acceptSubmission(ledger, offer('c0', 'first', { round }));
    await closeRound(ledger, 'demo', round, 'operator');
    await publish(ledger, round);
  }
  await openRound(ledger, 'demo');
  const { receipt } = await acceptSubmission(ledger, offer('c1'));
  t.equal(receipt.round, 4);
  t.strictSame(receipt.carried, { fromRound: 1, roundsLate: 3, weight: 0.8 ** 3 });
  t.match(await getRound(ledger, 'demo', 4), { submissionCount: 1, carriedCount: 1 });
  const second = await acceptSubmission(ledger, offer('c2', 'first', { round: 2 }));
  t.strictSame(second.receipt.carried, { fromRound: 2, roundsLate: 2, weight: 0.8 ** 2 });
  await assertSound(t, ledger);
});

t.test(
  'a fresh one takes its place without being asked, and nothing late takes the place of a fresh one',
  async (t) => {
    const ledger = await closed({ maxSubmissions: 2 });
    const late = offer('c1');
    await acceptSubmission(ledger, late);
    await publish(ledger, 1);
    await openRound(ledger, 'demo');
    t.equal(await beginUpload(ledger, 'demo', 2, 'c1'), 2);
    const fresh = offer('c1', 'fresh', { round: 2 });
    const acceptance = await acceptSubmission(ledger, fresh);
    t.match(acceptance, { outcome: 'replaced', replacedBlob: late.blob, closed: false });
    t.equal(acceptance.receipt.carried, undefined);
    t.match(await getRound(ledger, 'demo', 2), { submissionCount: 1, carriedCount: undefined });
    await t.rejects(acceptSubmission(ledger, { ...late, blob: 'again/' }), {
      code: 'submission_superseded',
      message: 'Client c1 has submitted to round 2, so what comes late for round 1 is not kept.',
    });
    await t.rejects(acceptSubmission(ledger, offer('c1', 'second', { replace: true })), {
      code: 'submission_superseded',
    });
    t.equal((await acceptSubmission(ledger, offer('c2', 'first', { round: 2 }))).closed, true);
    await assertSound(t, ledger);
  },
);

t.test('the same content sent for the round itself counts in full', async (t) => {
  const ledger = await closed();
  await acceptSubmission(ledger, offer('c1'));
  await publish(ledger, 1);
  await openRound(ledger, 'demo');
  const again = await acceptSubmission(ledger, offer('c1', 'first', { round: 2, blob: 'again/' }));
  t.equal(again.outcome, 'replaced');
  t.equal(effectiveExamples(again.receipt), 100);
  await assertSound(t, ledger);
});

t.test('once for each round: the same again is the same, other content takes a word', async (t) => {
  const ledger = await closed();
  const late = offer('c1');
  const { receipt } = await acceptSubmission(ledger, late);
  t.match(await acceptSubmission(ledger, late), { outcome: 'carried' }, 'a command that Redis gets twice');
  const same = await acceptSubmission(ledger, { ...late, blob: 'again/' });
  t.match(same, { outcome: 'same', receipt });
  await t.rejects(acceptSubmission(ledger, offer('c1', 'second')), { code: 'submission_conflict' });
  const other = await acceptSubmission(ledger, offer('c1', 'second', { replace: true }));
  t.match(other, { outcome: 'carried', replacedBlob: late.blob });
  await assertSound(t, ledger);
  await publish(ledger, 1);
  await openRound(ledger, 'demo');
  await acceptSubmission(ledger, offer('c0', 'first', { round: 2 }));
  await closeRound(ledger, 'demo', 2, 'operator');
  t.match(
    await acceptSubmission(ledger, offer('c1', 'second', { blob: 'third/' })),
    { outcome: 'same', receipt: { round: 2 } },
    'also after the round that it counts in has closed',
  );
  await t.rejects(acceptSubmission(ledger, offer('c1', 'third', { replace: true })), {
    code: 'round_not_collecting',
  });
  await t.rejects(acceptSubmission(ledger, offer('c0', 'other', { replace: true })), {
    code: 'round_not_collecting',
  });
  await assertSound(t, ledger);
});

t.test('of two late ones of a client, the one for the later round stays', async (t) => {
  const ledger = await closed();
  await publish(ledger, 1);
  await openRound(ledger, 'demo');
  await acceptSubmission(ledger, offer('c0', 'first', { round: 2 }));
  await closeRound(ledger, 'demo', 2, 'operator');
  const early = await acceptSubmission(ledger, offer('c1', 'one'));
  t.match(early.receipt, { round: 3, carried: { weight: 0.25 } });
  const later = await acceptSubmission(ledger, offer('c1', 'two', { round: 2 }));
  t.match(later, {
    outcome: 'carried',
    replacedBlob: offer('c1', 'one').blob,
    receipt: { round: 3, carried: { fromRound: 2, weight: 0.5 } },
  });
  await t.rejects(acceptSubmission(ledger, offer('c1', 'one', { blob: 'x/' })), {
    code: 'submission_superseded',
  });
  await assertSound(t, ledger);
});

t.test('a round that failed keeps what comes late, one that was cancelled does not', async (t) => {
  const ledger = redis.ledger();
  await collecting(ledger, { rounds: { late: 'carry', deadlineSeconds: 60, onDeadline: 'fail' } });
  redis.clock.advance(60);
  t.match(await acceptSubmission(ledger, offer('c1')), { outcome: 'carried', receipt: { round: 2 } });
  await assertSound(t, ledger);

  const broken = await closed();
  await failAdapter(broken, await attempt(broken, 'a1'), { code: 'internal', detail: 'It broke.' });
  t.match(await acceptSubmission(broken, offer('c1')), { outcome: 'carried' });

  const cancelled = redis.ledger();
  await collecting(cancelled, { rounds: { late: 'carry' } });
  await cancelRound(cancelled, 'demo', 1);
  await t.rejects(acceptSubmission(cancelled, offer('c1')), { code: 'round_not_collecting' });
});

t.test('it may be withdrawn once its round has opened, and come again', async (t) => {
  const ledger = await closed();
  await acceptSubmission(ledger, offer('c1'));
  await publish(ledger, 1);
  await openRound(ledger, 'demo');
  t.strictSame(await removeSubmission(ledger, 'demo', 2, 'c1'), { blob: offer('c1').blob });
  await assertSound(t, ledger);
  t.match(await acceptSubmission(ledger, offer('c1')), { outcome: 'carried', receipt: { round: 2 } });
  await cancelRound(ledger, 'demo', 2);
  await assertSound(t, ledger);
  await t.rejects(acceptSubmission(ledger, offer('c1', 'other', { replace: true })), {
    code: 'round_not_collecting',
  });
});

t.test('what does not fit is refused late as well', async (t) => {
  const ledger = await closed();
  await t.rejects(
    acceptSubmission(ledger, offer('c1', 'first', { layout: { ...LAYOUT, 'layers.0.q_proj': '9x9' } })),
    {
      code: 'shape_mismatch',
    },
  );
  await t.rejects(acceptSubmission(ledger, offer('nobody')), { code: 'client_not_found' });
  await assertSound(t, ledger);
  await acceptSubmission(ledger, offer('c1'));
  await publish(ledger, 1);
  await deleteFederation(ledger, 'demo');
  await assertSound(t, ledger, 'what waits goes with its federation');
});

t.test('nothing is kept that is a hundred rounds late', async (t) => {
  const ledger = await closed({ stalenessWeight: 0.01 });
  await publish(ledger, 1);
  for (let round = 2; round <= 101; round++) {
    await openRound(ledger, 'demo');
    await cancelRound(ledger, 'demo', round);
  }
  await t.rejects(acceptSubmission(ledger, offer('c1')), { code: 'round_not_collecting' });
  await openRound(ledger, 'demo');
  await t.rejects(acceptSubmission(ledger, offer('c1')), { code: 'round_not_collecting' });
  await assertSound(t, ledger);
});

t.test('closing crosses twenty uploads: each counts in full, or late, and once', async (t) => {
  let both = 0;
  for (let repeat = 0; repeat < 15; repeat++) {
    const ledger = redis.ledger();
    await collecting(ledger, { rounds: { late: 'carry' } }, 20);
    await acceptSubmission(ledger, offer('c0'));
    const connections = redis.connections(ledger, 20);
    const outcomes = await Promise.all(
      connections.map((each, index) =>
        index === 9
          ? closeRound(each, 'demo', 1, 'operator').then(() => 'closed')
          : acceptSubmission(each, offer(`c${index}`, 'first', { blob: `upload/${index}/` })).then(
              ({ outcome }) => outcome,
            ),
      ),
    );
    for (const { redis: connection } of connections) connection.disconnect();
    const count = (wanted: string) => outcomes.filter((outcome) => outcome === wanted).length;
    t.equal(count('same'), 1);
    t.equal((await getRound(ledger, 'demo', 1)).submissionCount, count('accepted') + 1);
    await publish(ledger, 1);
    const { carriedCount = 0 } = await openRound(ledger, 'demo');
    t.equal(carriedCount, count('carried'));
    if (count('accepted') > 0 && carriedCount > 0) both++;
    await assertSound(t, ledger);
  }
  t.ok(both > 0, 'some came in time and some late');
});
