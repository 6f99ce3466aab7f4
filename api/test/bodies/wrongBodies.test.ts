import t from 'tap';
import { isProblem } from '../fixtures/isProblem.js';
import { openFederation } from '../fixtures/openFederation.js';
import { startApi } from '../fixtures/startApi.js';

/** What an answer to a wrong body may have at most, in bytes: about as much as a body may have. */
const ANSWER_BYTES_MAX = 65_536;

const api = await startApi(t);
await openFederation(api, 'demo', []);

/** As many numbers as fit a body. */
const NINES = Array.from({ length: 31_000 }, () => 9);
/** As many as a body may have to be searched whole. */
const NINES_SEARCHED = NINES.slice(0, 1_900);

t.test('no body is answered with much more than it holds', async (t) => {
  for (const [path, body] of [
    ['/v1/federations/demo', { candidates: { taus: NINES } }],
    ['/v1/federations/demo', { candidates: { taus: NINES_SEARCHED } }],
    ['/v1/federations/demo', { rounds: { cohort: { size: 2, always: NINES } } }],
    ['/v1/federations/demo', { rounds: { cohort: { size: 2, always: NINES_SEARCHED } } }],
    ['/v1/federations/demo/webhooks', { url: 'https://a.example', types: NINES }],
    ['/v1/federations/demo/webhooks', { url: 'https://a.example', types: NINES_SEARCHED }],
    ['/v1/federations/demo', Object.fromEntries(NINES.slice(0, 6_000).map((_, at) => [`k${at}`, 1]))],
    ['/v1/federations/demo', { ['k'.repeat(60_000)]: 1 }],
  ] as const) {
    const method = path.endsWith('webhooks') ? 'POST' : 'PATCH';
    const answer = await api.call(method, path, { body });
    isProblem(t, answer, 'request_invalid');
    t.ok(answer.json.errors.length <= 50, `${answer.json.errors.length} faults`);
    t.ok(answer.bytes.byteLength < ANSWER_BYTES_MAX, `${answer.bytes.byteLength} bytes`);
  }
});

t.test('a list that is too long is refused as that', async (t) => {
  const policy = { choose: 'hold', metric: 'loss', higherIsBetter: false, waitSeconds: 9, minEvaluations: 1 };
  const answer = await api.call('PATCH', '/v1/federations/demo', {
    body: { candidates: { ...policy, taus: NINES } },
  });
  t.same(answer.json.errors, [{ field: '/candidates/taus', detail: 'must NOT have more than 8 items' }]);
});

t.test('the whole body is pointed at by an empty pointer', async (t) => {
  const answer = await api.call('PATCH', '/v1/federations/demo', {
    body: 'null',
    headers: { 'content-type': 'application/json' },
  });
  t.same(answer.json.errors, [{ field: '', detail: 'must be object' }]);
  t.equal(answer.json.detail, 'The body must be object.');
});

t.test('JSON may name its charset, and begin with a byte order mark', async (t) => {
  const answer = await api.call('PATCH', '/v1/federations/demo', {
    body: '\uFEFF{"baseModel":"größer"}',
    headers: { 'content-type': 'application/json; charset=UTF-8', 'content-encoding': 'identity' },
  });
  t.match(answer, { status: 200, json: { baseModel: 'größer' } });
  const without = await api.call('PATCH', '/v1/federations/demo', { body: { baseModel: null } });
  t.match(without, { status: 200, json: { baseModel: undefined } });
});
