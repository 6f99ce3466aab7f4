import { Refusal } from '@florist/core/errors/refusal';
import t from 'tap';
import { failAdapter } from '../../src/adapters/failAdapter.js';
import { promoteAdapter } from '../../src/adapters/promoteAdapter.js';
import { publishAdapter } from '../../src/adapters/publishAdapter.js';
import { recordProgress } from '../../src/adapters/recordProgress.js';
import { requestAdapter } from '../../src/adapters/requestAdapter.js';
import type { Blobs } from '../../src/blobs/blobs.js';
import { folderBlobs } from '../../src/blobs/folderBlobs.js';
import { registerClient } from '../../src/clients/registerClient.js';
import { removeClient } from '../../src/clients/removeClient.js';
import { readEvents } from '../../src/events/readEvents.js';
import { createFederation } from '../../src/federations/createFederation.js';
import { deleteFederation } from '../../src/federations/deleteFederation.js';
import { getFederation } from '../../src/federations/getFederation.js';
import { updateFederation } from '../../src/federations/updateFederation.js';
import type { Ledger } from '../../src/ledger/openLedger.js';
import { recordHeartbeat } from '../../src/participants/recordHeartbeat.js';
import { applyRetention } from '../../src/retention/applyRetention.js';
import { cancelRound } from '../../src/rounds/cancelRound.js';
import { closeRound } from '../../src/rounds/closeRound.js';
import { listPending } from '../../src/rounds/listPending.js';
import { listRounds } from '../../src/rounds/listRounds.js';
import { openDueRound } from '../../src/rounds/openDueRound.js';
import { openRound } from '../../src/rounds/openRound.js';
import { retryRound } from '../../src/rounds/retryRound.js';
import { acceptSubmission } from '../../src/submissions/acceptSubmission.js';
import { beginUpload } from '../../src/submissions/beginUpload.js';
import { endUpload } from '../../src/submissions/endUpload.js';
import { removeSubmission } from '../../src/submissions/removeSubmission.js';
import { failSum } from '../../src/sums/failSum.js';
import { listSumming } from '../../src/sums/listSumming.js';
import { publishSum } from '../../src/sums/publishSum.js';
import { requestSum } from '../../src/sums/requestSum.js';
import { FEDERATION, offer, RESULT } from '../fixtures/scenes.js';
import { assertSound } from '../fixtures/soundness.js';
import { testRedis } from '../fixtures/testLedger.js';

const HISTORIES = 5;
/**
 * Which act meets which is up to chance; more histories are played until every kind was met. The rarest, which needs a
 * round whose submissions retention has deleted, is met in about every thirtieth.
 */
const HISTORIES_MAX = 500;
const TO_REACH = [
  ...['submission.replaced', 'submission.removed', 'round.closed', 'round.published', 'round.failed'],
  ...['round.cancelled', 'submission_conflict', 'round_open', 'shape_mismatch'],
  ...['submission.carried', 'round.extended', 'client.progress', 'client_not_invited'],
  ...['sum.requested', 'sum.published', 'retention.applied', 'submissions_gone'],
];
const BURSTS = 6;
const CONNECTIONS = 12;
const ACTS_EACH = 6;

const redis = await testRedis(t);

/** A small generator of numbers that a seed repeats: a counter, well mixed. */
function random(seed: number): (below: number) => number {
  let state = seed * 0x9e3779b9;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const LAYOUTS: Record<string, string>[] = [
  { q: '4x4', v: '4x4' },
  { q: '4x4' },
  { q: '4x4', k: '2x4' },
  { q: '9x9' },
];

const STATES = ['ready', 'training', 'uploading'] as const;
const ON_DEADLINE = ['wait', 'fail', 'extend', 'proceed'] as const;

/** One act, chosen at random, on a federation that others act on at the same time. */
async function act(ledger: Ledger, blobs: Blobs, pick: (below: number) => number): Promise<unknown> {
  const client = `c${pick(6)}`;
  const [pending] = (await listPending(ledger)).aggregating;
  const [summing] = await listSumming(ledger);
  const sum = summing ?? { federation: FEDERATION, sum: 'a', attempt: 1 };
  const ref = pending ?? { federation: FEDERATION, round: 1, adapter: 'a1', attempt: 1 };
  const latest = await getFederation(ledger, FEDERATION).then(
    ({ latestRound }) => latestRound?.number ?? 1,
    () => 1,
  );
  const submit = () => {
    const content = {
      round: pick(4) === 0 ? 1 + pick(latest) : latest,
      layout: LAYOUTS[pick(4)],
      replace: pick(2) === 0,
      fanInFanOut: pick(9) === 0,
    };
    return acceptSubmission(ledger, offer(client, `content-${pick(3)}`, content));
  };
  const acts: (() => Promise<unknown>)[] = [
    submit,
    submit,
    submit,
    () => registerClient(ledger, FEDERATION, client),
    () => registerClient(ledger, FEDERATION, client),
    () => removeClient(ledger, FEDERATION, client),
    () => openRound(ledger, FEDERATION),
    () => openRound(ledger, FEDERATION),
    () => closeRound(ledger, FEDERATION, 'latest', pick(2) === 0 ? 'operator' : 'deadline'),
    () => openDueRound(ledger, FEDERATION),
    () => recordHeartbeat(ledger, FEDERATION, 'latest', client, { state: STATES[pick(3)] ?? 'ready' }),
    () => beginUpload(ledger, FEDERATION, 'latest', client),
    () => endUpload(ledger, FEDERATION, latest, client),
    () =>
      openRound(ledger, FEDERATION, {
        late: 'carry',
        cohort: pick(2) === 0 ? 'all' : { size: 3, seed: pick(9) },
      }),
    () => cancelRound(ledger, FEDERATION, 'latest'),
    () => retryRound(ledger, FEDERATION, 1 + pick(latest)),
    () => removeSubmission(ledger, FEDERATION, 'latest', client),
    () => recordProgress(ledger, ref, [['q', 'v', 'k'][pick(3)] ?? 'q']),
    () => publishAdapter(ledger, ref, RESULT),
    () => publishAdapter(ledger, ref, RESULT),
    () => failAdapter(ledger, ref, { code: 'internal', detail: 'It broke.' }),
    () =>
      requestAdapter(ledger, FEDERATION, 1 + pick(latest), { rank: { policy: 'fixed', rank: 1 + pick(2) } }),
    () => promoteAdapter(ledger, FEDERATION, 1 + pick(latest), `a${1 + pick(4)}`),
    () => requestSum(ledger, { federation: FEDERATION, since: pick(latest + 1), tau: (1 + pick(2)) / 2 }),
    () => publishSum(ledger, sum, { sha256: 'e'.repeat(64), bytes: 9 }),
    () => failSum(ledger, sum, { code: 'sum_failed', detail: 'It broke.' }, pick(2) === 0),
    () => applyRetention(ledger, blobs, FEDERATION, { sumIdleMs: 1_000 * pick(3) }),
    () =>
      updateFederation(ledger, FEDERATION, {
        aggregation: { missingModules: pick(2) === 0 ? 'zero' : 'reject' },
        rounds: {
          maxSubmissions: pick(2) === 0 ? null : 3,
          deadlineSeconds: pick(2) === 0 ? null : 1,
          graceSeconds: pick(2),
          onDeadline: ON_DEADLINE[pick(4)] ?? null,
          late: pick(2) === 0 ? 'carry' : 'refuse',
          next: pick(2) === 0 ? null : { delaySeconds: pick(2), stopAfterRounds: 9 },
        },
        retention: { submissionRounds: 1 + pick(2), adapterRounds: pick(2) === 0 ? null : 1 },
      }),
    () =>
      pick(12) === 0 ? deleteFederation(ledger, FEDERATION) : createFederation(ledger, { name: FEDERATION }),
  ];
  return acts[pick(acts.length)]?.();
}

/** What the events alone say about the rounds must be what the ledger says. */
async function replay(
  ledger: Ledger,
  reached: Set<string>,
): Promise<Record<number, { state: string; submissions: number }>> {
  const rounds: Record<number, { state: string; submissions: number }> = {};
  let opened = 0;
  const states: Record<string, string> = {
    'round.closed': 'aggregating',
    'round.retried': 'aggregating',
    'round.published': 'published',
    'round.failed': 'failed',
    'round.cancelled': 'cancelled',
  };
  for (const { event } of await readEvents(ledger, FEDERATION, '0', 100_000)) {
    reached.add(event.type);
    if (event.round === undefined) continue;
    const round = rounds[event.round] ?? { state: 'collecting', submissions: 0 };
    rounds[event.round] = round;
    round.state = states[event.type] ?? round.state;
    if (event.type === 'round.opened') opened = event.round;
    if (event.type === 'submission.accepted') round.submissions++;
    if (event.type === 'submission.carried') round.submissions++;
    if (event.type === 'submission.removed') round.submissions--;
  }
  // what is late may wait for a round that has not opened yet
  delete rounds[opened + 1];
  return rounds;
}

t.test(
  'whatever many do at once, every step is whole or refused, and the events tell all of it',
  async (t) => {
    const reached = new Set<string>();
    const blobs = await folderBlobs(t.testdir({}), { reserveBytes: 0 });
    const missing = () => TO_REACH.filter((name) => !reached.has(name));
    for (let seed = 1; seed <= HISTORIES || (missing().length > 0 && seed <= HISTORIES_MAX); seed++) {
      const pick = random(seed);
      const ledger = redis.ledger();
      await createFederation(ledger, { name: FEDERATION, rounds: { minSubmissions: 2 } });
      const connections = redis.connections(ledger, CONNECTIONS);
      for (let burst = 0; burst < BURSTS; burst++) {
        await Promise.all(
          connections.map(async (each) => {
            for (let index = 0; index < ACTS_EACH; index++) {
              await act(each, blobs, pick).catch((error: unknown) => {
                if (!(error instanceof Refusal)) throw error;
                reached.add(error.code);
              });
            }
          }),
        );
        redis.clock.advance(1);
        await assertSound(t, ledger, `history ${seed}, burst ${burst} is sound`);
        const exists = await getFederation(ledger, FEDERATION).catch(() => undefined);
        if (exists === undefined) continue;
        const rounds = (await listRounds(ledger, FEDERATION, { limit: 1000 })).items;
        const told = rounds.map(({ number, state, submissionCount }) => [
          number,
          { state, submissions: submissionCount },
        ]);
        t.same(
          await replay(ledger, reached),
          Object.fromEntries(told),
          `history ${seed}, burst ${burst} is told`,
        );
      }
    }
    t.strictSame(missing(), [], 'the histories reach every kind');
  },
);
