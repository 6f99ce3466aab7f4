import t from 'tap';
import { viewedAdapter } from '#components/round/viewedAdapter.ts';
import type { Adapter, Round } from '#lib/api/types.ts';

const adapter = (id: string, rest: Partial<Adapter> = {}): Adapter => ({
  ...{ id, state: 'published', current: false, requestedAt: '', progress: { done: 1, total: 1 } },
  aggregation: {
    method: 'fedit',
    rank: { policy: 'energy', tau: 0.9 },
    dtype: 'F32',
    missingModules: 'reject',
  },
  ...rest,
});

t.test('the page of a round shows an adapter as soon as it can be told which', async (t) => {
  const current = adapter('a1', { current: true });
  const round: Round = {
    ...{ number: 1, state: 'published', openedAt: '', waitingFor: [], submissionCount: 1 },
    ...{ policy: { minSubmissions: 1 }, progress: { done: 1, total: 1 }, adapter: current },
  };
  t.equal(viewedAdapter(round, undefined, ''), current, 'the round itself tells the current one');
  t.equal(viewedAdapter(round, undefined, 'a2'), undefined, 'another waits for the list');
  const pending: Round = { ...round, state: 'aggregating', adapter: adapter('a1', { state: 'aggregating' }) };
  t.equal(viewedAdapter(pending, undefined, ''), undefined, 'but only once it is published');
  const other = adapter('a2');
  t.equal(viewedAdapter(round, [current, other], 'a2'), other);
  t.equal(viewedAdapter(round, [current, other], 'gone'), current);
  const stale = [adapter('a1', { state: 'aggregating' })];
  t.equal(viewedAdapter(round, stale, ''), current, 'a list from before it was published changes nothing');
});
