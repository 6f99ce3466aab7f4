import t from 'tap';
import type { Aggregation, CandidatePolicy, RoundPolicy, Weighting } from '#lib/api/types.ts';
import { candidatesDraftOf, toCandidates } from '#lib/policy/candidatesDraft.ts';
import { durationOf, toSeconds } from '#lib/policy/duration.ts';
import { draftOf, POLICY_DEFAULT } from '#lib/policy/policyDraft.ts';
import { countChanges, editOf, toPatch } from '#lib/policy/policyPatch.ts';
import { toPolicyInput } from '#lib/policy/toPolicyInput.ts';

const AGGREGATION: Aggregation = {
  ...{ method: 'florist', rank: { policy: 'budget', bytes: 12_500_000 } },
  ...{ dtype: 'F16', missingModules: 'zero', weighting: { by: 'examples' } },
};

/** Nothing is deleted, and clients may use what they like. */
const LIMITLESS = { retention: {}, quotas: {} };

/** Every field that goes back to its default. */
const NO_ROUNDS = {
  ...{ cohort: null, maxSubmissions: null, deadlineSeconds: null, graceSeconds: null, onDeadline: null },
  ...{ extendSeconds: null, quorum: null, late: null, stalenessWeight: null, next: null },
};

/** What is sent when a form is saved as it was loaded. */
function unchanged(aggregation: Aggregation, rounds: RoundPolicy) {
  return toPolicyInput(draftOf({ ...LIMITLESS, aggregation, rounds }), rounds);
}

t.test('policies survive the form', async (t) => {
  const bare = { minSubmissions: 6, deadlineSeconds: 172_800 };
  t.match(draftOf({ ...LIMITLESS, aggregation: AGGREGATION, rounds: bare }), {
    megabytes: '12.5',
    deadline: { amount: '2', unit: 'days' },
  });
  t.same(unchanged(AGGREGATION, bare), {
    ...{ aggregation: AGGREGATION, rounds: { ...NO_ROUNDS, ...bare } },
    retention: { submissionRounds: null, adapterRounds: null },
    quotas: { bytesPerClient: null, bytesPerFederation: null, requestsPerMinute: null },
  });

  const full: Required<RoundPolicy> = {
    ...{ minSubmissions: 8, maxSubmissions: 10, deadlineSeconds: 86_400, graceSeconds: 90 },
    ...{ onDeadline: 'proceed', extendSeconds: 7200, quorum: 5, late: 'carry', stalenessWeight: 0.25 },
    cohort: { fraction: 0.07, oversample: 1.3, always: ['a', 'b'], seed: 0 },
    next: {
      ...{ delaySeconds: 0, stopAfterRounds: 50 },
      stopWhenStalled: { metric: 'loss', rounds: 5, minImprovement: 0.001 },
    },
  };
  t.same(unchanged(AGGREGATION, full).rounds, full);
});

t.test('so does every weighting', async (t) => {
  const weightings: Weighting[] = [
    { by: 'uniform', maxShare: 0.25 },
    { by: 'examples', robust: { clip: { norm: 2 } } },
    { by: 'examples', robust: { clip: { timesMedian: 1.2 }, dropCosine: { below: -0.1 } } },
    { by: 'uniform', robust: { dropCosine: { below: 0 }, multiKrum: { faulty: 2, keep: 7 } } },
    { by: 'uniform', robust: { multiKrum: { faulty: 3 } } },
  ];
  for (const weighting of weightings) {
    const { aggregation } = unchanged({ ...AGGREGATION, weighting }, { minSubmissions: 1 });
    t.same(aggregation.weighting, weighting);
  }
});

t.test('a sample of another kind keeps who is always in it, and its seed', async (t) => {
  const rounds: RoundPolicy = { minSubmissions: 1, cohort: { size: 4, always: ['a'], seed: 7 } };
  const draft = draftOf({ ...LIMITLESS, aggregation: AGGREGATION, rounds });
  t.same(toPolicyInput({ ...draft, cohort: 'fraction' }, rounds).rounds.cohort, {
    ...{ fraction: 0.1, always: ['a'], seed: 7 },
  });
  t.equal(toPolicyInput({ ...draft, cohort: 'all' }, rounds).rounds.cohort, null);
});

t.test('so does every choice of τ among candidates', async (t) => {
  const common = {
    taus: [0.8, 0.95],
    metric: 'f1',
    higherIsBetter: true,
    waitSeconds: 5400,
    minEvaluations: 3,
  };
  const policies: CandidatePolicy[] = [
    { choose: 'best', ...common },
    { choose: 'smallest', margin: 0.05, ...common, higherIsBetter: false },
    { choose: 'hold', ...common },
  ];
  for (const policy of policies) t.same(toCandidates(candidatesDraftOf(policy)), policy);
  t.equal(toCandidates(candidatesDraftOf(undefined)), null);
  const mistyped = { ...POLICY_DEFAULT, choose: 'best', taus: ' 0.8 0.9,high ', minEvaluations: '' } as const;
  t.match(toCandidates(mistyped), { taus: [0.8, 0.9, 'high'], minEvaluations: '' });
});

t.test('so do retention and quotas, in whole bytes', async (t) => {
  const retention = { submissionRounds: 5, adapterRounds: 20 };
  const quotas = { bytesPerClient: 1_234_567, bytesPerFederation: 2 ** 50, requestsPerMinute: 60 };
  const rounds = { minSubmissions: 1 };
  const draft = draftOf({ aggregation: AGGREGATION, rounds, retention, quotas });
  t.match(draft, { adapterRounds: '20', megabytesPerClient: '1.234567' });
  t.match(toPolicyInput(draft, rounds), { retention, quotas });
  const cleared = toPolicyInput({ ...draft, adapterRounds: '', megabytesPerClient: 'much' }, rounds);
  t.match(cleared, {
    retention: { submissionRounds: 5, adapterRounds: null },
    quotas: { bytesPerClient: 'much' },
  });
});

t.test('what is no number reaches the api as it was typed, and removes nothing', async (t) => {
  const { aggregation, rounds } = toPolicyInput({
    ...POLICY_DEFAULT,
    ...{ minSubmissions: '', maxSubmissions: 'ten', quorum: 'few', stalenessWeight: ' ' },
    ...{ deadline: { amount: 'a day', unit: 'days' }, cohort: 'size', cohortSize: '' },
    ...{ next: 'itself', delay: { amount: '', unit: 'minutes' }, maxShare: 'half' },
  });
  t.same(rounds, {
    ...NO_ROUNDS,
    ...{ minSubmissions: '', maxSubmissions: 'ten', quorum: 'few', stalenessWeight: ' ' },
    ...{ deadlineSeconds: 'a day', cohort: { size: '' }, next: { delaySeconds: '' } },
  });
  t.equal(aggregation.weighting?.maxShare, 'half');
});

t.test('a time is shown in the largest unit that holds it whole', async (t) => {
  t.same(durationOf(undefined, 'hours'), { amount: '', unit: 'hours' });
  for (const [seconds, amount, unit] of [
    [0, '0', 'minutes'],
    [59, '59', 'seconds'],
    [5400, '90', 'minutes'],
    [7200, '2', 'hours'],
    [172_800, '2', 'days'],
  ] as const) {
    const duration = durationOf(seconds, 'minutes');
    t.same(duration, { amount, unit });
    t.equal(toSeconds(duration), seconds);
  }
});

t.test('what is saved is what was changed, and nothing that another may change meanwhile', async (t) => {
  const base = {
    ...{ name: 'a', createdAt: '2026-11-20T12:00:00Z', clientCount: 0, baseModel: 'tiny', ...LIMITLESS },
    ...{ aggregation: AGGREGATION, rounds: { minSubmissions: 2, deadlineSeconds: 3600 } },
  };
  const edit = editOf(base);
  const patchOf = (draft: Partial<typeof edit.draft>, baseModel = edit.baseModel) => {
    const patch = toPatch({ draft: { ...edit.draft, ...draft }, baseModel }, base);
    return { patch, changes: countChanges(patch) };
  };
  t.same(patchOf({}), { patch: {}, changes: 0 });
  t.same(patchOf({ deadline: { amount: '60', unit: 'minutes' }, megabytes: '12.50' }).changes, 0, 'the same');
  t.same(patchOf({ minSubmissions: '3', dtype: 'F32', requestsPerMinute: '9' }), {
    patch: { rounds: { minSubmissions: 3 }, aggregation: { dtype: 'F32' }, quotas: { requestsPerMinute: 9 } },
    changes: 3,
  });
  t.same(patchOf({ deadline: { amount: '', unit: 'hours' } }).patch, { rounds: { deadlineSeconds: null } });
  t.same(patchOf({}, ''), { patch: { baseModel: null }, changes: 1 });
  t.match(patchOf({ choose: 'hold' }, 'other'), {
    patch: { baseModel: 'other', candidates: { choose: 'hold' } },
    changes: 2,
  });
});
