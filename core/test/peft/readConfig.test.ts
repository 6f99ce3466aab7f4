import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import t from 'tap';
import { Refusal } from '../../src/errors/refusal.js';
import { ALPHA_MAX, BASE_MODEL_MAX, PATTERN_KEY_MAX, PATTERNS_MAX, RANK_MAX } from '../../src/peft/limits.js';
import { readConfig } from '../../src/peft/readConfig.js';
import { HARMLESS_FIELDS, UNSUPPORTED_FIELDS } from '../../src/peft/unsupportedFields.js';
import { refusalOf } from '../safetensors/refusalOf.js';
import { plainConfig } from './header.js';

/** All fields of PEFT 0.21's LoraConfig, as save_pretrained writes them. */
const saved: Record<string, unknown> = JSON.parse(
  readFileSync(new URL('savedByPeft/adapter_config.json', import.meta.url), 'utf8'),
);

t.test('reads what PEFT saves', async (t) => {
  t.strictSame(readConfig(saved), {
    r: 4,
    alpha: 16,
    useRslora: true,
    rankPattern: new Map([
      ['^model.layers.0.q_proj', 3],
      ['layers\\.[12]\\.v_proj', 2],
    ]),
    alphaPattern: new Map([
      ['head', 2.5],
      ['layers.1.q_proj', 5],
    ]),
    fanInFanOut: false,
    targetModules: saved.target_modules,
  });
});

t.test('knows every field of PEFT 0.21', async (t) => {
  for (const field of Object.keys(saved)) {
    t.ok(HARMLESS_FIELDS.has(field) || UNSUPPORTED_FIELDS.has(field), field);
  }
});

t.test('reads a config that holds the least', async (t) => {
  t.strictSame(readConfig(plainConfig()), {
    r: 4,
    alpha: 8,
    useRslora: false,
    rankPattern: new Map(),
    alphaPattern: new Map(),
    fanInFanOut: false,
  });
});

t.test('reads the rest where it is given', async (t) => {
  const config = readConfig(
    plainConfig({
      base_model_name_or_path: 'org/model',
      task_type: 'CAUSAL_LM',
      fan_in_fan_out: true,
      lora_alpha: 0.25,
      target_modules: '.*q_proj',
      rank_pattern: null,
      alpha_pattern: { q_proj: 0.5 },
    }),
  );
  t.equal(config.baseModel, 'org/model');
  t.equal(config.taskType, 'CAUSAL_LM');
  t.equal(config.fanInFanOut, true);
  t.equal(config.alpha, 0.25);
  t.equal(config.targetModules, '.*q_proj');
  t.strictSame(config.alphaPattern, new Map([['q_proj', 0.5]]));
  t.equal('baseModel' in readConfig(plainConfig({ base_model_name_or_path: '' })), false);
});

const UNSUPPORTED: [field: string, value: unknown][] = [
  ['peft_type', 'ADALORA'],
  ['peft_type', 'IA3'],
  ['peft_type', 'lora'],
  ['peft_type', 'XLORA'],
  ['use_dora', true],
  ['use_qalora', true],
  ['use_bdlora', { nblocks: 2 }],
  ['lora_bias', true],
  ['bias', 'all'],
  ['bias', 'lora_only'],
  ['modules_to_save', ['classifier']],
  ['trainable_token_indices', [1, 2]],
  ['trainable_token_indices', { embed_tokens: [0] }],
  ['layer_replication', [[0, 4]]],
  ['target_parameters', ['experts.gate_up_proj']],
  ['alora_invocation_tokens', [5]],
  ['kasa_config', { beta: 0.1 }],
  ['monteclora_config', { num_samples: 8 }],
  ['arrow_config', { top_k: 3 }],
  ['velora_config', { num_groups: 64 }],
  ['megatron_config', { hidden_size: 8 }],
  ['init_lora_weights', 'pissa'],
  ['init_lora_weights', 'pissa_niter_16'],
  ['init_lora_weights', 'olora'],
  ['init_lora_weights', 'OLoRA'],
  ['init_lora_weights', 'corda'],
  ['init_lora_weights', 'loftq'],
  ['init_lora_weights', 'lora_ga'],
  ['init_lora_weights', 'something new'],
  ['use_something_new', true],
  ['new_config', { x: 1 }],
  ['enable_lora', [true, false, true]],
];

for (const [field, value] of UNSUPPORTED) {
  t.test(`refuses ${field} ${JSON.stringify(value)} by name`, async (t) => {
    for (const config of [{ ...saved, [field]: value }, plainConfig({ [field]: value })]) {
      const refusal = refusalOf(() => readConfig(config));
      t.equal(refusal.code, 'config_unsupported');
      t.equal(refusal.errors[0]?.field, field);
      t.match(refusal.message, field);
    }
  });
}

t.test('accepts the same fields where they switch nothing on', async (t) => {
  for (const field of new Set(UNSUPPORTED.map(([name]) => name))) {
    if (field === 'peft_type') continue;
    const unset = field === 'bias' ? [null, 'none'] : [null, false];
    for (const value of unset) t.ok(readConfig(plainConfig({ [field]: value })), `${field} ${value}`);
  }
  for (const [field] of UNSUPPORTED_FIELDS) {
    if (!/^use_(dora|qalora)$|^lora_bias$/.test(field)) {
      t.ok(readConfig(plainConfig({ [field]: [] })), `${field} []`);
      t.ok(readConfig(plainConfig({ [field]: {} })), `${field} {}`);
    }
  }
  for (const value of [true, false, null, 'gaussian', 'eva', 'orthogonal', 'mica']) {
    t.ok(readConfig(plainConfig({ init_lora_weights: value })), `init_lora_weights ${value}`);
  }
  t.ok(
    readConfig(plainConfig({ later_number: 3, later_name: 'x', later_list: [] })),
    'parameters of later versions',
  );
});

const INVALID: [field: string, value: unknown, named?: string][] = [
  ['peft_type', undefined],
  ['peft_type', null],
  ['peft_type', 1],
  ['r', undefined],
  ['r', null],
  ['r', 0],
  ['r', -1],
  ['r', 1.5],
  ['r', '8'],
  ['r', true],
  ['r', RANK_MAX + 1],
  ['r', Number.POSITIVE_INFINITY],
  ['lora_alpha', undefined],
  ['lora_alpha', 0],
  ['lora_alpha', -1],
  ['lora_alpha', '16'],
  ['lora_alpha', [16]],
  ['lora_alpha', Number.NaN],
  ['lora_alpha', Number.POSITIVE_INFINITY],
  ['lora_alpha', ALPHA_MAX + 1],
  ['use_rslora', 'true'],
  ['use_rslora', 1],
  ['fan_in_fan_out', 'yes'],
  ['use_dora', 'false'],
  ['lora_bias', 1],
  ['bias', 'some'],
  ['bias', false],
  ['init_lora_weights', 3],
  ['init_lora_weights', ['pissa']],
  ['base_model_name_or_path', 7],
  ['base_model_name_or_path', 'm'.repeat(BASE_MODEL_MAX + 1)],
  ['task_type', 3],
  ['task_type', 'causal lm'],
  ['task_type', ''],
  ['target_modules', 3],
  ['target_modules', ['q_proj', 3]],
  ['target_modules', { q_proj: 1 }],
  ['rank_pattern', []],
  ['rank_pattern', 'q_proj'],
  ['rank_pattern', { q_proj: 0 }, 'rank_pattern.q_proj'],
  ['rank_pattern', { q_proj: 2.5 }, 'rank_pattern.q_proj'],
  ['rank_pattern', { q_proj: '4' }, 'rank_pattern.q_proj'],
  ['rank_pattern', { q_proj: null }, 'rank_pattern.q_proj'],
  ['rank_pattern', { q_proj: RANK_MAX + 1 }, 'rank_pattern.q_proj'],
  ['rank_pattern', { ['q'.repeat(PATTERN_KEY_MAX + 1)]: 4 }],
  ['alpha_pattern', [1]],
  ['alpha_pattern', { q_proj: 0 }, 'alpha_pattern.q_proj'],
  ['alpha_pattern', { q_proj: 'x' }, 'alpha_pattern.q_proj'],
  ['alpha_pattern', Object.fromEntries(Array.from({ length: PATTERNS_MAX + 1 }, (_, i) => [`q${i}`, 1]))],
];

for (const [field, value, named = field] of INVALID) {
  t.test(`refuses ${field} ${JSON.stringify(value)?.slice(0, 40)} as malformed`, async (t) => {
    const refusal = refusalOf(() => readConfig({ ...saved, [field]: value }));
    t.equal(refusal.code, 'config_invalid');
    t.equal(refusal.errors[0]?.field, named);
    t.ok(refusal.message.length < 600);
  });
}

t.test('refuses anything but an object', async (t) => {
  for (const json of [null, undefined, 3, 'LORA', true, [], [plainConfig()]]) {
    t.equal(refusalOf(() => readConfig(json)).code, 'config_invalid');
  }
});

t.test('takes lora_alpha and r at their caps', async (t) => {
  t.equal(readConfig(plainConfig({ r: RANK_MAX, lora_alpha: ALPHA_MAX })).r, RANK_MAX);
  t.equal(readConfig(plainConfig({ r: 1, lora_alpha: Number.MIN_VALUE })).alpha, Number.MIN_VALUE);
});

t.test('refuses patterns that cannot be matched, naming the key', async (t) => {
  for (const field of ['rank_pattern', 'alpha_pattern']) {
    for (const key of [
      '(?=q)q_proj',
      '(?<!k)_proj',
      '(q)\\1',
      'q++',
      '[',
      '(',
      '*',
      'q{,3}',
      '[[:alpha:]]',
      'q\\Z',
    ]) {
      const refusal = refusalOf(() => readConfig(plainConfig({ [field]: { q_proj: 4, [key]: 4 } })));
      t.equal(refusal.code, 'config_unsupported', key);
      t.equal(refusal.errors[0]?.field, `${field}.${key}`);
    }
  }
});

t.test('refuses a key of digits among others, since its place is lost', async (t) => {
  const pattern = JSON.parse('{"fc": 4, "0": 2}');
  t.equal(refusalOf(() => readConfig(plainConfig({ rank_pattern: pattern }))).code, 'config_unsupported');
  t.equal(readConfig(plainConfig({ rank_pattern: { 0: 2 } })).rankPattern.get('0'), 2);
});

t.test('any JSON is read or refused, never a fault', async () => {
  const field = fc.constantFrom(...Object.keys(saved), '__proto__', 'constructor', 'other');
  fc.assert(
    fc.property(fc.array(fc.tuple(field, fc.jsonValue()), { maxLength: 3 }), (changes) => {
      const config: unknown = JSON.parse(JSON.stringify({ ...saved, ...Object.fromEntries(changes) }));
      try {
        readConfig(config);
        return true;
      } catch (error) {
        return error instanceof Refusal && /^config_(invalid|unsupported)$/.test(error.code);
      }
    }),
    { numRuns: 1000 },
  );
});
