import { Ajv } from 'ajv';
import t from 'tap';
import { compileBody, SEARCHED_VALUES_MAX } from '../../src/bodies/compileBody.js';
import { hasMoreValues } from '../../src/bodies/hasMoreValues.js';

const schema = { type: 'array', items: { type: 'string', pattern: '^a' } };
const judge = compileBody(schema, new Ajv(), new Ajv({ allErrors: true }));

t.test('finds nothing in a good body', async (t) => {
  t.same(judge(['a', 'ab']), {});
});

t.test('finds all faults of a small body, and the first of a large one', async (t) => {
  t.equal(judge(['a', 'b', 3]).error?.length, 2);
  const large = Array.from({ length: SEARCHED_VALUES_MAX }, () => 9);
  t.equal(judge(large).error?.length, 1);
  t.equal(judge(large.slice(1)).error?.length, large.length - 1);
});

t.test('counts values at any depth', async (t) => {
  t.notOk(hasMoreValues({ a: [1, { b: null }], c: 'x' }, 6));
  t.ok(hasMoreValues({ a: [1, { b: null }], c: 'x' }, 5));
  t.ok(hasMoreValues(JSON.parse('['.repeat(9_000) + ']'.repeat(9_000)), 8_999));
  t.notOk(hasMoreValues(7, 1));
});
