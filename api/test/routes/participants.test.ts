import t from 'tap';
import { isProblem } from '../fixtures/isProblem.js';
import { openFederation } from '../fixtures/openFederation.js';
import { VIEWER_TOKEN } from '../fixtures/openServices.js';
import { startApi } from '../fixtures/startApi.js';
import { submit } from '../fixtures/submit.js';

const api = await startApi(t);

t.test('clients report how far they are, and the operator sees who is slow and who is silent', async (t) => {
  const { north } = await openFederation(api, 'demo', ['north', 'south', 'west']);
  const path = '/v1/federations/demo/rounds/latest';
  const beat = (body: object | string, token = north ?? '') =>
    api.call('POST', `${path}/heartbeat`, { token, body, headers: { 'content-type': 'application/json' } });
  const answer = await beat({ state: 'training', step: 40, total: 500 });
  t.equal(answer.status, 200);
  t.match(answer.json, {
    client: 'north',
    invited: true,
    state: 'training',
    step: 40,
    total: 500,
    submitted: false,
  });
  await submit(api, 'demo', 'south');
  const { json } = await api.call('GET', `${path}/participants?limit=2`, { token: VIEWER_TOKEN });
  t.match(json, {
    items: [
      { client: 'north', state: 'training', lastSeenAt: /Z$/ },
      { client: 'south', submitted: true, carried: false },
    ],
    nextCursor: /./,
  });
  const rest = await api.call('GET', `${path}/participants?limit=2&cursor=${json.nextCursor}`);
  t.same(rest.json, {
    items: [{ client: 'west', invited: true, state: 'silent', submitted: false, carried: false }],
  });
  t.match((await api.call('GET', path)).json.waitingFor, [/1 in progress$/]);

  for (const body of [
    {},
    '',
    'null',
    [],
    { state: 'asleep' },
    { state: 'gone' },
    { state: 'training', step: -1 },
    { state: 'training', step: 1.5 },
    { state: 'training', step: '3' },
    { state: 'training', total: 1e12 },
    { state: 'training', client: 'south' },
    '{"state":"training","__proto__":{}}',
  ]) {
    isProblem(t, await beat(body), 'request_invalid', JSON.stringify(body));
  }
  isProblem(t, await beat({ state: 'ready' }, api.services.settings.operatorToken), 'role_insufficient');
  isProblem(t, await api.call('GET', `${path}/participants`, { token: north ?? '' }), 'role_insufficient');
  isProblem(
    t,
    await api.call('POST', '/v1/federations/demo/rounds/7/heartbeat', {
      token: north ?? '',
      body: { state: 'ready' },
    }),
    'round_not_found',
  );
});

t.test('a round says whom it invites, and turns others away before they send', async (t) => {
  const clients = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5'];
  const tokens = await openFederation(api, 'cohort', clients);
  await api.call('POST', '/v1/federations/cohort/rounds/1/cancel');
  const opened = await api.call('POST', '/v1/federations/cohort/rounds', {
    body: { rounds: { cohort: { size: 2, seed: 9 }, maxSubmissions: 2 } },
  });
  t.equal(opened.status, 201);
  t.match(opened.json, {
    number: 2,
    cohort: { seed: 9, invited: 2 },
    policy: { cohort: { size: 2, seed: 9 } },
  });
  const { items } = (await api.call('GET', '/v1/federations/cohort/rounds/2/participants')).json;
  const invited: string[] = items.map(({ client }: { client: string }) => client);
  t.equal(invited.length, 2);
  const outsider = clients.find((client) => !invited.includes(client)) ?? '';
  const put = (client: string) =>
    api.call('PUT', `/v1/federations/cohort/rounds/2/submissions/${client}`, {
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: '--x--',
      token: tokens[client] ?? '',
    });
  isProblem(t, await put(outsider), 'client_not_invited');
  isProblem(t, await put(invited[0] ?? ''), 'submission_incomplete', 'an invited one gets further');
  const { waitingFor } = (await api.call('GET', '/v1/federations/cohort/rounds/2')).json;
  t.same(waitingFor, ['1 more submission (0 of 1); 2 invited but not heard from', 'an operator to close it']);
});

t.test('what comes late is kept, and everything says so', async (t) => {
  const tokens = await openFederation(api, 'late', ['north', 'south'], { rounds: { late: 'carry' } });
  await submit(api, 'late', 'north');
  await api.call('POST', '/v1/federations/late/rounds/1/close');
  const kept = await submit(api, 'late', 'south', { numExamples: 80 }, { token: tokens.south ?? '' });
  t.equal(kept.status, 202);
  t.match(kept.json, { round: 2, numExamples: 80, carried: { fromRound: 1, roundsLate: 1, weight: 0.5 } });
  t.equal(
    (await submit(api, 'late', 'south', { numExamples: 80 })).status,
    200,
    'the same again is the same',
  );
  await api.call('POST', '/v1/federations/late/rounds/1/cancel');
  t.match((await api.call('POST', '/v1/federations/late/rounds')).json, {
    submissionCount: 1,
    carriedCount: 1,
  });
  t.same((await api.call('GET', '/v1/federations/late/rounds/2/submissions/south')).json, kept.json);
  t.equal((await api.call('DELETE', '/v1/federations/late/rounds/2/submissions/south')).status, 204);
});

t.test('a round opens without a body, with an empty one, or with what is different', async (t) => {
  await openFederation(api, 'bodies', []);
  const open = async (body?: object | string) => {
    await api.call('POST', '/v1/federations/bodies/rounds/latest/cancel');
    const sent = body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } };
    return api.call('POST', '/v1/federations/bodies/rounds', sent);
  };
  t.equal((await open()).status, 201);
  t.equal((await open({})).status, 201);
  t.match((await open({ rounds: { deadlineSeconds: 60, onDeadline: 'fail' } })).json, {
    policy: { deadlineSeconds: 60, onDeadline: 'fail' },
  });
  for (const rounds of [
    { next: { delaySeconds: 1 } },
    { onDeadline: 'panic' },
    { graceSeconds: -1 },
    { stalenessWeight: 0 },
    { stalenessWeight: 1.1 },
    { quorum: 2 },
    { cohort: 'some' },
    { cohort: {} },
    { cohort: { size: 0 } },
    { cohort: { size: 1, fraction: 0.5 } },
    { cohort: { fraction: 0 } },
    { cohort: { size: 1, seed: 2 ** 32 } },
    { cohort: { size: 1, oversample: 0.5 } },
    { cohort: { size: 1, always: ['../etc'] } },
    { cohort: { size: 1, always: null } },
  ]) {
    isProblem(t, await open({ rounds }), 'request_invalid', JSON.stringify(rounds));
  }
  isProblem(t, await open({ rounds: { cohort: { size: 1 } } }), 'cohort_too_small');
  isProblem(t, await open('null'), 'request_invalid');
});

t.test('a federation shows when its next round opens by itself', async (t) => {
  const rounds = { deadlineSeconds: 1, onDeadline: 'fail', next: { delaySeconds: 3600, stopAfterRounds: 5 } };
  const { north } = await openFederation(api, 'next', ['north'], { rounds });
  t.same((await api.call('GET', '/v1/federations/next')).json.rounds, { minSubmissions: 1, ...rounds });
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  isProblem(t, await submit(api, 'next', 'north', {}, { token: north ?? '' }), 'round_not_collecting');
  t.match((await api.call('GET', '/v1/federations/next')).json, {
    latestRound: { number: 1, state: 'failed' },
    nextRoundAt: /Z$/,
  });
  isProblem(t, await api.call('POST', '/v1/federations/next/rounds/1/retry'), 'round_too_few_submissions');
});
