import t from 'tap';
import type { Federation } from '#lib/api/types.ts';
import { byNeed, inOrder } from '#lib/federation/byNeed.ts';
import { describeFailure, isOfPolicies } from '#lib/federation/describeFailure.ts';
import { retryInput } from '#lib/federation/retryInput.ts';
import { signInPath } from '#lib/url/signInPath.ts';

const federation = (name: string, state?: NonNullable<Federation['latestRound']>['state']): Federation => ({
  ...{ name, createdAt: '2026-11-20T12:00:00Z', clientCount: 0, retention: {}, quotas: {} },
  aggregation: {
    ...{ method: 'florist', rank: { policy: 'energy', tau: 0.9 } },
    ...{ dtype: 'F32', missingModules: 'reject' },
  },
  rounds: { minSubmissions: 1 },
  ...(state && { latestRound: { number: 1, state } }),
});

t.test('federations that failed come first, and keep their places while they are looked at', async (t) => {
  const order = byNeed([federation('a'), federation('b', 'failed'), federation('c', 'published')]);
  t.same(order, ['b', 'a', 'c']);
  const later = [federation('a', 'failed'), federation('aa'), federation('b'), federation('c', 'failed')];
  t.same(
    inOrder(later, order).map(({ name }) => name),
    ['b', 'a', 'c', 'aa'],
  );
});

t.test('a failure is told to people, whatever its code', async (t) => {
  t.same(describeFailure({ code: 'internal', detail: "see the worker's log, then retry the round" }), {
    title: 'Aggregation failed for a reason that only the worker’s log has',
    detail: "See the worker's log, then retry the round.",
  });
  t.same(describeFailure({ code: 'never_heard_of', detail: 'All is lost.' }), {
    title: 'Aggregation failed',
    detail: 'All is lost.',
  });
});

t.test('a retry takes all of today’s policies, but for what a closed round cannot change', async (t) => {
  const { aggregation } = federation('a');
  t.same(retryInput(aggregation), {
    ...{ method: 'florist', rank: { policy: 'energy', tau: 0.9 }, dtype: 'F32' },
    weighting: { by: 'examples' },
  });
  t.same(retryInput({ ...aggregation, weighting: { by: 'uniform' } }).weighting, { by: 'uniform' });
  t.ok(isOfPolicies({ code: 'budget_too_small', detail: '' }));
  t.notOk(isOfPolicies({ code: 'internal', detail: '' }));
});

t.test('the way to the sign-in page leads back, and says why', async (t) => {
  t.equal(signInPath('/'), '/sign-in');
  t.equal(signInPath('/a?b=1'), '/sign-in?next=%2Fa%3Fb%3D1');
  t.equal(signInPath('/a', 'token'), '/sign-in?reason=token&next=%2Fa');
  t.equal(signInPath('/', 'session'), '/sign-in?reason=session');
});
