import { AggregationInput } from '@florist/core/schemas/aggregation';
import { CandidatePolicy } from '@florist/core/schemas/candidates';
import { RULE_KEYWORD } from '@florist/core/schemas/common';
import { FederationPatch } from '@florist/core/schemas/federation';
import { RoundPolicyInput } from '@florist/core/schemas/roundPolicy';
import { Weighting } from '@florist/core/schemas/weighting';
import { Ajv } from 'ajv';
import t from 'tap';
import { DESCRIBED_MAX, describeValidation } from '../../src/problems/describeValidation.js';

const ajv = new Ajv({ allErrors: true })
  .addVocabulary([RULE_KEYWORD])
  .addSchema([Weighting.schema, CandidatePolicy.schema]);

function complaints(schema: object, value: unknown, part = 'body') {
  const validate = ajv.compile(schema);
  t.notOk(validate(value), 'the value is wrong');
  return describeValidation(validate.errors ?? [], part);
}

t.test('names an unknown and a missing field by their pointers', async (t) => {
  const schema = {
    type: 'object',
    required: ['a/b'],
    properties: { 'a/b': {} },
    additionalProperties: false,
  };
  t.same(complaints(schema, { 'c~d': 1 }), [
    { field: '/a~1b', detail: 'is required' },
    { field: '/c~0d', detail: 'is not a known field' },
  ]);
});

t.test('lists the choices of a union of constants once', async (t) => {
  t.same(complaints(AggregationInput.schema, { method: 'median' }), [
    { field: '/method', detail: 'must be one of florist, fedit, ffa-lora, flora, flexlora' },
  ]);
});

t.test('speaks of the branch that was meant', async (t) => {
  t.same(complaints(AggregationInput.schema, { rank: { policy: 'fixed', rank: 0 } }), [
    { field: '/rank/rank', detail: 'must be >= 1' },
  ]);
  t.same(
    complaints(AggregationInput.schema, { rank: { policy: 'energy', rank: 4 } }).map(({ field }) => field),
    ['/rank/tau', '/rank/rank'],
  );
});

t.test('lists the branches when none was meant', async (t) => {
  t.same(complaints(AggregationInput.schema, { rank: { policy: 'best' } }), [
    { field: '/rank/policy', detail: 'must be one of energy, fixed, budget, total' },
  ]);
});

t.test('says of a nullable number what the number must be', async (t) => {
  t.same(complaints(RoundPolicyInput.schema, { maxSubmissions: 0 }), [
    { field: '/maxSubmissions', detail: 'must be >= 1' },
  ]);
});

t.test('says of a nullable policy what is wrong within it', async (t) => {
  const { candidates } = FederationPatch.schema.properties;
  const schema = { type: 'object', properties: { candidates } };
  const policy = { ...{ choose: 'hold', metric: 'loss', higherIsBetter: false }, minEvaluations: 1 };
  t.same(complaints(schema, { candidates: { ...policy, taus: [0.9, 2], waitSeconds: 0 } }), [
    { field: '/candidates/taus/1', detail: 'must be <= 1' },
    { field: '/candidates/waitSeconds', detail: 'must be >= 1' },
  ]);
  t.same(complaints({ type: 'null' }, 1), [{ field: '', detail: 'must be null' }]);
});

t.test('judges of several shapes the one that the value has', async (t) => {
  for (const [cohort, complaint] of [
    [{ size: 0 }, { field: '/cohort/size', detail: 'must be >= 1' }],
    [{ fraction: 2 }, { field: '/cohort/fraction', detail: 'must be <= 1' }],
    [
      { size: 4, oversample: 0.5 },
      { field: '/cohort/oversample', detail: 'must be >= 1' },
    ],
  ]) {
    t.same(complaints(RoundPolicyInput.schema, { cohort }), [complaint]);
  }
});

t.test('names a parameter without a pointer, and the whole body by one', async (t) => {
  const schema = { type: 'object', properties: { limit: { type: 'integer' } } };
  t.equal(complaints(schema, { limit: 'x' }, 'querystring')[0]?.field, 'limit');
  t.equal(complaints(schema, 7)[0]?.field, '', 'a JSON pointer of no steps');
});

t.test('describes the first of very many faults, and cuts names that are too long', async (t) => {
  const numbers = { type: 'array', items: { enum: ['a', 'b'] } };
  const wrong = Array.from({ length: 10 * DESCRIBED_MAX }, () => 9);
  const described = complaints(numbers, wrong);
  t.equal(described.length, DESCRIBED_MAX);
  t.same(described[1], { field: '/1', detail: 'must be one of a, b' });
  const [{ field = '' } = {}] = complaints({ additionalProperties: false }, { ['k'.repeat(10_000)]: 1 });
  t.match(field, /^\/k+…$/);
  t.ok(field.length < 200);
});
