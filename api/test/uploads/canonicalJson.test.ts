import t from 'tap';
import { canonicalJson } from '../../src/uploads/canonicalJson.js';
import { CONFIG_DEPTH_MAX } from '../../src/uploads/limits.js';

t.test('is the same for any order of fields', async (t) => {
  t.equal(canonicalJson({ r: 4, lora_alpha: 8 }), canonicalJson({ lora_alpha: 8, r: 4 }));
  t.equal(canonicalJson({ b: null, a: [1, 'x', true] }), '{"a":[1,"x",true],"b":null}');
});

t.test('keeps the order of rank patterns, which decides', async (t) => {
  t.not(
    canonicalJson({ rank_pattern: { q: 1, 'q.*': 2 } }),
    canonicalJson({ rank_pattern: { 'q.*': 2, q: 1 } }),
  );
});

t.test('gives back the value', async (t) => {
  const value = { r: 4, 'key "quoted"': { x: [0.5, 1e300, null] } };
  t.same(JSON.parse(canonicalJson(value)), value);
  t.equal(canonicalJson([1]), '[1]');
  t.equal(canonicalJson('text'), '"text"');
});

t.test('refuses what is nested deeply, however deeply', async (t) => {
  const nested = (depth: number) => JSON.parse(`{"x":${'['.repeat(depth)}${']'.repeat(depth)}}`);
  t.ok(canonicalJson(nested(CONFIG_DEPTH_MAX - 1)));
  t.throws(() => canonicalJson(nested(CONFIG_DEPTH_MAX)), { code: 'config_invalid' });
  t.throws(() => canonicalJson(nested(100_000)), { code: 'config_invalid' });
});
