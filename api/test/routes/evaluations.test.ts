import t from 'tap';
import { isProblem } from '../fixtures/isProblem.js';
import { openFederation } from '../fixtures/openFederation.js';
import { VIEWER_TOKEN } from '../fixtures/openServices.js';
import { publish } from '../fixtures/publish.js';
import { startApi } from '../fixtures/startApi.js';
import { submit } from '../fixtures/submit.js';

const POLICY = {
  ...{ taus: [0.8, 0.9], choose: 'smallest', margin: 0.01, metric: 'loss', higherIsBetter: false },
  ...{ waitSeconds: 3600, minEvaluations: 2 },
};
const LOSS = { metric: 'loss', value: 0.5, numExamples: 100, higherIsBetter: false };

t.test('clients evaluate the candidates of a published round', async (t) => {
  const api = await startApi(t);
  const tokens = await openFederation(api, 'careful', ['a', 'b'], { candidates: POLICY });
  t.strictSame((await api.call('GET', '/v1/federations/careful')).json.candidates, POLICY);
  await submit(api, 'careful', 'a', {}, { token: tokens.a ?? '' });
  await api.call('POST', '/v1/federations/careful/rounds/1/close');
  const path = (adapter: string) => `/v1/federations/careful/rounds/latest/adapters/${adapter}/evaluations`;
  isProblem(t, await api.call('POST', path('a1'), { body: LOSS }), 'adapter_pending');
  await publish(api, 'careful', 'a1');
  const round = await api.call('GET', '/v1/federations/careful/rounds/1');
  t.strictSame(round.json.choice, { state: 'open', candidates: ['a2', 'a1'] });

  const own = await api.call('POST', path('a1'), { body: LOSS, token: tokens.a ?? '' });
  t.equal(own.status, 201);
  t.match(own.json, { adapter: 'a1', client: 'a', metric: 'loss', value: 0.5, numExamples: 100 });
  const operator = await api.call('POST', path('a1'), { body: { ...LOSS, value: 0.8, numExamples: 50 } });
  t.notOk('client' in operator.json, 'the operator is no client');
  const listed = await api.call('GET', path('a1'), { token: VIEWER_TOKEN });
  t.equal(listed.json.items.length, 2);
  t.match(listed.json.metrics, [{ metric: 'loss', numExamples: 150, evaluations: 2 }]);
  t.ok(Math.abs(listed.json.metrics[0].mean - 0.6) < 1e-12);

  isProblem(t, await api.call('POST', path('a1'), { body: LOSS, token: VIEWER_TOKEN }), 'role_insufficient');
  isProblem(t, await api.call('POST', path('a2'), { body: LOSS }), 'adapter_pending');
  isProblem(
    t,
    await api.call('POST', path('a1'), { body: { ...LOSS, higherIsBetter: true } }),
    'evaluation_conflict',
  );
  for (const wrong of [
    { value: 'low' },
    { value: null },
    { numExamples: 0 },
    { numExamples: 1e10 },
    { metric: 'Loss Of Life' },
    { metric: '' },
    { client: 'b' },
    { higherIsBetter: 'no' },
  ]) {
    isProblem(t, await api.call('POST', path('a1'), { body: { ...LOSS, ...wrong } }), 'request_invalid');
  }
  const overflow = JSON.stringify(LOSS).replace('0.5', '1e999');
  const headers = { 'content-type': 'application/json' };
  isProblem(t, await api.call('POST', path('a1'), { body: overflow, headers }), 'request_invalid');
});

t.test('a policy that makes no sense is refused', async (t) => {
  const api = await startApi(t);
  await openFederation(api, 'careful', []);
  const { margin, ...best } = { ...POLICY, choose: 'best' };
  const good = await api.call('PATCH', '/v1/federations/careful', { body: { candidates: best } });
  t.strictSame(good.json.candidates, best);
  for (const wrong of [
    { ...best, margin },
    { ...best, choose: 'smallest' },
    { ...best, choose: 'any' },
    { ...best, taus: [] },
    { ...best, taus: [0.9, 0.9] },
    { ...best, taus: [1, 2] },
    { ...best, taus: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((x) => x / 10) },
    { ...best, waitSeconds: 0 },
    { ...best, minEvaluations: 0 },
    { ...best, metric: undefined },
  ]) {
    const answer = await api.call('PATCH', '/v1/federations/careful', { body: { candidates: wrong } });
    isProblem(t, answer, 'request_invalid');
    t.match(answer.json.errors[0].field, /^\/candidates/);
  }
  const none = await api.call('PATCH', '/v1/federations/careful', { body: { candidates: null } });
  t.notOk('candidates' in none.json);
});
