import t from 'tap';
import type { Ledger } from '../../src/ledger/openLedger.js';
import { closeRound } from '../../src/rounds/closeRound.js';
import { getRound } from '../../src/rounds/getRound.js';
import { acceptSubmission } from '../../src/submissions/acceptSubmission.js';
import { removeSubmission } from '../../src/submissions/removeSubmission.js';
import { submissionRecords } from '../../src/submissions/submissionRecords.js';
import { collecting, offer } from '../fixtures/scenes.js';
import { assertSound } from '../fixtures/soundness.js';
import { testRedis } from '../fixtures/testLedger.js';

const CONNECTIONS = 20;
const REPEATS = 30;

const redis = await testRedis(t);
const pool = redis.connections(redis.ledger(), CONNECTIONS);

/** A fresh ledger, seen over each of the connections. */
function fresh(): { ledger: Ledger; each: Ledger[] } {
  const ledger = redis.ledger();
  return { ledger, each: pool.map((one) => ({ ...one, prefix: ledger.prefix })) };
}

async function settle(acts: Promise<unknown>[]): Promise<string[]> {
  const outcomes = await Promise.allSettled(acts);
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') return String(outcome.reason.code ?? outcome.reason);
    const value = outcome.value;
    return value !== null && typeof value === 'object' && 'outcome' in value ? String(value.outcome) : 'done';
  });
}

function count(outcomes: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

t.test('one client sends the same content over twenty connections: it is accepted once', async (t) => {
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const { ledger, each } = fresh();
    await collecting(ledger);
    const acts = each.map((one, index) =>
      acceptSubmission(one, offer('c0', 'first', { blob: `upload/${index}/` })),
    );
    t.strictSame(count(await settle(acts)), { accepted: 1, same: CONNECTIONS - 1 });
    const accepted = (await Promise.all(acts)).findIndex(({ outcome }) => outcome === 'accepted');
    const records = await submissionRecords(ledger, 'demo', 1);
    t.strictSame(
      records.map(({ blob }) => blob),
      [`upload/${accepted}/`],
      'the blobs of the one that won',
    );
    await assertSound(t, ledger);
  }
});

t.test('one client sends different contents: one is accepted, the others conflict', async (t) => {
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const { ledger, each } = fresh();
    await collecting(ledger);
    const acts = each.map((one, index) => acceptSubmission(one, offer('c0', `content-${index}`)));
    t.strictSame(count(await settle(acts)), { accepted: 1, submission_conflict: CONNECTIONS - 1 });
    await assertSound(t, ledger);
  }
});

t.test('replacements name each folder that no longer counts exactly once', async (t) => {
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const { ledger, each } = fresh();
    await collecting(ledger);
    const results = await Promise.all(
      each.map((one, index) => acceptSubmission(one, offer('c0', `content-${index}`, { replace: true }))),
    );
    const dropped = results.flatMap(({ replacedBlob }) => replacedBlob ?? []);
    const [kept] = await submissionRecords(ledger, 'demo', 1);
    const offered = each.map((_, index) => offer('c0', `content-${index}`).blob);
    t.strictSame([...dropped, kept?.blob].sort(), offered.sort());
    await assertSound(t, ledger);
  }
});

t.test('a full round closes once, with exactly its number of submissions', async (t) => {
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const { ledger, each } = fresh();
    await collecting(ledger, { rounds: { maxSubmissions: 5 } }, CONNECTIONS);
    const acts = each.map((one, index) => acceptSubmission(one, offer(`c${index}`)));
    t.strictSame(count(await settle(acts)), { accepted: 5, round_not_collecting: CONNECTIONS - 5 });
    const closers = (await Promise.allSettled(acts)).filter(
      (outcome) => outcome.status === 'fulfilled' && outcome.value.closed,
    );
    t.equal(closers.length, 1);
    t.match(await getRound(ledger, 'demo', 1), {
      state: 'aggregating',
      submissionCount: 5,
      closedBy: 'full',
    });
    await assertSound(t, ledger);
  }
});

t.test(
  'closing crosses submissions and removals: what was accepted counts, what came late is refused',
  async (t) => {
    let both = 0;
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const { ledger, each } = fresh();
      await collecting(ledger, { rounds: { minSubmissions: 3 } }, CONNECTIONS);
      for (const client of ['c0', 'c1', 'c2', 'c3']) await acceptSubmission(ledger, offer(client));
      const acts = each.map((one, index) => {
        if (index % 7 === 3) return closeRound(one, 'demo', 1, 'operator');
        if (index === 2) return removeSubmission(one, 'demo', 1, 'c0');
        return acceptSubmission(one, offer(`c${index}`, 'late', { replace: true }));
      });
      const outcomes = await settle(acts);
      const closes = outcomes.filter((_, index) => index % 7 === 3);
      t.equal(closes.filter((outcome) => outcome === 'done').length, 1, 'closed once');
      const kept = (await submissionRecords(ledger, 'demo', 1)).map(({ receipt }) => receipt.client).sort();
      const removed = outcomes[2] === 'done';
      const expected = new Set(['c0', 'c1', 'c2', 'c3']);
      outcomes.forEach((outcome, index) => {
        if (outcome === 'accepted' || outcome === 'replaced') expected.add(`c${index}`);
      });
      // c0 may have been removed and then submitted anew
      if (removed && outcomes[0] !== 'accepted') expected.delete('c0');
      t.strictSame(kept, [...expected].sort());
      if (outcomes.includes('round_not_collecting') && outcomes.includes('accepted')) both++;
      t.match(await getRound(ledger, 'demo', 1), { state: 'aggregating', submissionCount: kept.length });
      await assertSound(t, ledger);
    }
    t.ok(both > 0, 'some came in time and some late');
  },
);
