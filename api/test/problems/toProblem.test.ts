import { PROBLEMS, type ProblemCode } from '@florist/core/errors/problems';
import { Refusal } from '@florist/core/errors/refusal';
import t from 'tap';
import { toProblem } from '../../src/problems/toProblem.js';

t.test('tells a refusal in full', async (t) => {
  const errors = [{ tensor: 'x.lora_A.weight', detail: 'has no counterpart' }];
  t.same(toProblem(new Refusal('tensor_unpaired', 'A factor is alone.', errors), 'id-1'), {
    type: 'urn:florist:problem:tensor_unpaired',
    title: PROBLEMS.tensor_unpaired.title,
    status: 422,
    code: 'tensor_unpaired',
    detail: 'A factor is alone.',
    instance: 'id-1',
    errors,
  });
});

t.test('tells nothing of a fault', async (t) => {
  const told = JSON.stringify(toProblem(new Error('password is hunter2 in /etc/secret'), 'id-2'));
  t.match(told, /"code":"internal"/);
  t.notMatch(told, /hunter2|secret/);
  t.equal(toProblem('not even an error', 'id-3').code, 'internal');
});

function failure(message: string, fields: object, name = 'Error'): Error {
  return Object.assign(new Error(message), { name }, fields);
}

const OUTAGES: [Error, ProblemCode][] = [
  [failure('write failed', { code: 'ENOSPC' }), 'storage_full'],
  [failure('quota', { code: 'EDQUOT' }), 'storage_full'],
  [failure('/data/blobs is read-only', { code: 'EROFS' }), 'service_unavailable'],
  [failure('connect ECONNREFUSED 10.0.0.7:6379', { code: 'ECONNREFUSED' }), 'service_unavailable'],
  [
    failure('Reached the max retries per request limit', {}, 'MaxRetriesPerRequestError'),
    'service_unavailable',
  ],
  [failure('Connection is closed.', {}), 'service_unavailable'],
  [failure('LOADING Redis is loading the dataset in memory', {}, 'ReplyError'), 'service_unavailable'],
  [failure('OOM command not allowed when used memory > maxmemory', {}, 'ReplyError'), 'service_unavailable'],
  [
    failure('READONLY You can not write against a read only replica.', {}, 'ReplyError'),
    'service_unavailable',
  ],
];

for (const [error, code] of OUTAGES) {
  t.test(`calls "${error.message}" ${code}, and does not repeat it`, async (t) => {
    const problem = toProblem(error, 'id');
    t.equal(problem.code, code);
    t.notOk(problem.detail.includes(error.message));
  });
}

t.test('an answer that takes too long is an outage', async (t) => {
  const late = failure("Request timed out after 20000 ms on route '/x'", { statusCode: 503 });
  t.equal(toProblem(late, 'id').code, 'service_unavailable');
});

t.test('calls what a library refuses by the closest code', async (t) => {
  const code = (statusCode: number) => toProblem(failure('no', { statusCode }), 'id').code;
  t.same([400, 404, 405, 413, 415, 429, 418, 500].map(code), [
    'request_invalid',
    'route_not_found',
    'method_not_allowed',
    'request_too_large',
    'media_type_unsupported',
    'too_many_requests',
    'request_invalid',
    'internal',
  ]);
});
