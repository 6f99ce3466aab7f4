import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import t from 'tap';
import { Refusal } from '../../src/errors/refusal.js';
import { MODULE_DEPTH_MAX, MODULE_NAME_MAX } from '../../src/peft/limits.js';
import { readAdapter } from '../../src/peft/readAdapter.js';
import { readConfig } from '../../src/peft/readConfig.js';
import { parseHeader } from '../../src/safetensors/parseHeader.js';
import { refusalOf } from '../safetensors/refusalOf.js';
import { factors, headerOf, plainConfig, type Tensors } from './header.js';

const read = (tensors: Tensors, more: Record<string, unknown> = {}, dtype = 'F16') =>
  readAdapter(headerOf(tensors, dtype), readConfig(plainConfig(more)));

t.test('reads what PEFT saves as PEFT reads it', async (t) => {
  const at = (file: string) => new URL(`savedByPeft/${file}`, import.meta.url);
  const json = (file: string) => JSON.parse(readFileSync(at(file), 'utf8'));
  const bytes = readFileSync(at('adapter_model.safetensors'));
  const adapter = readAdapter(parseHeader(bytes, bytes.length), readConfig(json('adapter_config.json')));
  const expected = json('scales.json');
  t.strictSame(
    adapter.modules.map(({ name }) => name),
    Object.keys(expected).sort(),
  );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const norm = ({ begin, end }: { begin: number; end: number }) => {
    let sum = 0;
    for (let i = begin; i < end; i += 4) sum += view.getFloat32(i, true) ** 2;
    return Math.sqrt(sum);
  };
  for (const { name, rank, scale, a, b } of adapter.modules) {
    t.equal(rank, expected[name].rank, name);
    t.equal(scale, expected[name].scale, name);
    t.ok(Math.abs(norm(b) - expected[name].normB) < 1e-5, 'B is where it should be');
    t.ok(Math.abs(norm(a) - expected[name].normA) < 1e-5, 'A is where it should be');
  }
});

t.test('pairs factors, sorted by name, with shapes and byte ranges', async (t) => {
  const tensors = { ...factors('model.z', 6, 4, 5), ...factors('model.a', 3, 4, 7) };
  const header = headerOf(tensors);
  const config = readConfig(
    plainConfig({ base_model_name_or_path: 'org/base', task_type: 'CAUSAL_LM', fan_in_fan_out: true }),
  );
  const start = header.dataStart;
  t.strictSame(readAdapter(header, config), {
    modules: [
      {
        name: 'model.a',
        shape: [3, 7],
        rank: 4,
        scale: 2,
        a: {
          tensor: 'base_model.model.model.a.lora_A.weight',
          dtype: 'F16',
          rows: 4,
          cols: 7,
          begin: start + 88,
          end: start + 144,
        },
        b: {
          tensor: 'base_model.model.model.a.lora_B.weight',
          dtype: 'F16',
          rows: 3,
          cols: 4,
          begin: start + 144,
          end: start + 168,
        },
      },
      {
        name: 'model.z',
        shape: [6, 5],
        rank: 4,
        scale: 2,
        a: {
          tensor: 'base_model.model.model.z.lora_A.weight',
          dtype: 'F16',
          rows: 4,
          cols: 5,
          begin: start,
          end: start + 40,
        },
        b: {
          tensor: 'base_model.model.model.z.lora_B.weight',
          dtype: 'F16',
          rows: 6,
          cols: 4,
          begin: start + 40,
          end: start + 88,
        },
      },
    ],
    fanInFanOut: true,
    baseModel: 'org/base',
    taskType: 'CAUSAL_LM',
    rank: 4,
  });
});

t.test('understands the names that tools write', async (t) => {
  const names = [
    ['base_model.model.x.lora_A.weight', 'base_model.model.x.lora_B.weight'],
    ['base_model.model.x.lora_A.default.weight', 'base_model.model.x.lora_B.default.weight'],
    ['x.lora_A.weight', 'x.lora_B.weight'],
    ['x.lora_A.my-adapter.weight', 'base_model.model.x.lora_B.my-adapter.weight'],
  ];
  for (const [a = '', b = ''] of names) {
    t.strictSame(
      read({ [b]: [2, 4], [a]: [4, 3] }).modules.map(({ name, shape }) => [name, ...shape]),
      [['x', 2, 3]],
      a,
    );
  }
});

const SCALES: [why: string, config: Record<string, unknown>, module: string, rank: number, scale: number][] =
  [
    ['alpha / r', { r: 8, lora_alpha: 16 }, 'm.q', 8, 2],
    ['alpha / r, fractional', { r: 3, lora_alpha: 0.5 }, 'm.q', 3, 0.5 / 3],
    ['alpha / sqrt(r)', { r: 8, lora_alpha: 16, use_rslora: true }, 'm.q', 8, 16 / Math.sqrt(8)],
    ['alpha / sqrt(r), a square', { r: 16, lora_alpha: 8, use_rslora: true }, 'm.q', 16, 2],
    ['a rank pattern', { r: 8, lora_alpha: 16, rank_pattern: { q: 4 } }, 'm.q', 4, 4],
    ['a rank pattern for another', { r: 8, lora_alpha: 16, rank_pattern: { k: 4 } }, 'm.q', 8, 2],
    ['an alpha pattern', { r: 8, lora_alpha: 16, alpha_pattern: { 'm.q': 4 } }, 'm.q', 8, 0.5],
    ['both', { rank_pattern: { q: 2 }, alpha_pattern: { '^m.q': 3 } }, 'm.q', 2, 1.5],
    [
      'both with rsLoRA',
      { use_rslora: true, rank_pattern: { q: 2 }, alpha_pattern: { q: 3 } },
      'm.q',
      2,
      3 / Math.sqrt(2),
    ],
    ['the first key that matches', { rank_pattern: { 'm.q': 2, q: 6 } }, 'm.q', 2, 4],
    ['the first key that matches, general first', { rank_pattern: { q: 6, 'm.q': 2 } }, 'm.q', 6, 8 / 6],
    ['a regular expression', { alpha_pattern: { 'layers\\.(0|1)\\.q': 2 } }, 'm.layers.1.q', 4, 0.5],
    ['an anchor that does not hold', { r: 4, lora_alpha: 4, rank_pattern: { '^q': 2 } }, 'm.q', 4, 1],
  ];

for (const [why, config, module, rank, scale] of SCALES) {
  t.test(`scales by ${why}`, async (t) => {
    const [found] = read(factors(module, 5, rank, 6), config).modules;
    t.equal(found?.rank, rank);
    t.equal(found?.scale, scale);
  });
}

t.test('reports the largest rank', async (t) => {
  const tensors = { ...factors('m.a', 9, 2, 9), ...factors('m.b', 9, 7, 9), ...factors('m.c', 9, 4, 9) };
  t.equal(read(tensors, { rank_pattern: { a: 2, b: 7 } }).rank, 7);
});

t.test('accepts a rank above both sides, and factors of different dtypes', async (t) => {
  t.equal(read(factors('m', 2, 4, 3)).modules[0]?.rank, 4);
  for (const dtype of ['F32', 'F16', 'BF16'])
    t.equal(read(factors('m', 2, 4, 3), {}, dtype).modules[0]?.a.dtype, dtype);
});

const p = 'base_model.model.m';
const good = factors('m', 6, 4, 5);
const deep = Array(MODULE_DEPTH_MAX + 1)
  .fill('m')
  .join('.');
const HOSTILE: [why: string, tensors: Tensors, code: string, tensor: string][] = [
  [
    'an embedding A',
    { ...good, 'base_model.model.e.lora_embedding_A': [4, 5] },
    'tensor_unexpected',
    'base_model.model.e.lora_embedding_A',
  ],
  [
    'an embedding B',
    { ...good, 'base_model.model.e.lora_embedding_B.default': [5, 4] },
    'tensor_unexpected',
    'base_model.model.e.lora_embedding_B.default',
  ],
  [
    'a DoRA magnitude',
    { ...good, [`${p}.lora_magnitude_vector`]: [6] },
    'tensor_unexpected',
    `${p}.lora_magnitude_vector`,
  ],
  [
    'a DoRA magnitude with a weight',
    { ...good, [`${p}.lora_magnitude_vector.weight`]: [6] },
    'tensor_unexpected',
    `${p}.lora_magnitude_vector.weight`,
  ],
  ['a bias of B', { ...good, [`${p}.lora_B.bias`]: [6] }, 'tensor_unexpected', `${p}.lora_B.bias`],
  ['a bias of the layer', { ...good, [`${p}.bias`]: [6] }, 'tensor_unexpected', `${p}.bias`],
  [
    'a saved module',
    { ...good, 'base_model.model.head.modules_to_save.weight': [6, 5] },
    'tensor_unexpected',
    'base_model.model.head.modules_to_save.weight',
  ],
  [
    'a LoRA in a saved module',
    { ...good, 'base_model.model.modules_to_save.h.lora_A.weight': [4, 5] },
    'tensor_unexpected',
    'base_model.model.modules_to_save.h.lora_A.weight',
  ],
  [
    'trained tokens',
    { ...good, 'base_model.model.e.token_adapter.trainable_tokens_delta': [2, 5] },
    'tensor_unexpected',
    'base_model.model.e.token_adapter.trainable_tokens_delta',
  ],
  [
    'a wrapped layer',
    { ...good, [`${p}.base_layer.lora_A.weight`]: [4, 5] },
    'tensor_unexpected',
    `${p}.base_layer.lora_A.weight`,
  ],
  ['a variant', { ...good, [`${p}.lora_diag`]: [4] }, 'tensor_unexpected', `${p}.lora_diag`],
  ['a full weight', { ...good, [`${p}.weight`]: [6, 5] }, 'tensor_unexpected', `${p}.weight`],
  ['a name of nothing', { ...good, '': [1] }, 'tensor_unexpected', ''],
  ['a factor of no module', { ...good, 'lora_A.weight': [4, 5] }, 'tensor_unexpected', 'lora_A.weight'],
  [
    'a factor of the whole model',
    { ...good, 'base_model.model.lora_A.weight': [4, 5] },
    'tensor_unexpected',
    'base_model.model.lora_A.weight',
  ],
  [
    'a factor in lower case',
    { ...good, [`${p}.lora_a.weight`]: [4, 5] },
    'tensor_unexpected',
    `${p}.lora_a.weight`,
  ],
  [
    'a factor within a factor',
    { ...good, [`${p}.lora_A.x.lora_A.weight`]: [4, 5] },
    'tensor_unexpected',
    `${p}.lora_A.x.lora_A.weight`,
  ],
  [
    'a second adapter',
    { ...good, 'base_model.model.n.lora_A.other.weight': [4, 5] },
    'tensor_unexpected',
    'base_model.model.n.lora_A.other.weight',
  ],
  [
    'a factor with and without prefix',
    { ...good, 'm.lora_A.weight': [4, 5] },
    'tensor_unexpected',
    'm.lora_A.weight',
  ],
  [
    'a factor of two adapters',
    { [`${p}.lora_A.x.weight`]: [4, 5], [`${p}.lora_A.y.weight`]: [4, 5] },
    'tensor_unexpected',
    `${p}.lora_A.y.weight`,
  ],
  [
    'a convolution',
    { [`${p}.lora_A.weight`]: [4, 5, 3, 3], [`${p}.lora_B.weight`]: [6, 4, 1, 1] },
    'tensor_unexpected',
    `${p}.lora_A.weight`,
  ],
  ['a vector', { ...good, [`${p}.lora_B.weight`]: [24] }, 'tensor_unexpected', `${p}.lora_B.weight`],
  ['no columns', { ...good, [`${p}.lora_A.weight`]: [4, 0] }, 'tensor_unexpected', `${p}.lora_A.weight`],
  ['no rows', { ...good, [`${p}.lora_B.weight`]: [0, 4] }, 'tensor_unexpected', `${p}.lora_B.weight`],
  ['rank zero', factors('m', 6, 0, 5), 'tensor_unexpected', `${p}.lora_A.weight`],
  [
    'A alone',
    { ...good, 'base_model.model.n.lora_A.weight': [4, 5] },
    'tensor_unpaired',
    'base_model.model.n.lora_A.weight',
  ],
  [
    'B alone',
    { ...good, 'base_model.model.n.lora_B.weight': [6, 4] },
    'tensor_unpaired',
    'base_model.model.n.lora_B.weight',
  ],
  ['ranks that disagree', { ...good, [`${p}.lora_B.weight`]: [6, 3] }, 'rank_mismatch', `${p}.lora_B.weight`],
  ['a rank that the config denies', factors('m', 6, 8, 5), 'rank_mismatch', `${p}.lora_A.weight`],
  [
    'transposed factors',
    { [`${p}.lora_A.weight`]: [5, 4], [`${p}.lora_B.weight`]: [4, 6] },
    'rank_mismatch',
    `${p}.lora_B.weight`,
  ],
  [
    'a long name',
    factors('m'.repeat(MODULE_NAME_MAX + 1), 6, 4, 5),
    'tensor_unexpected',
    `base_model.model.${'m'.repeat(143)}…`,
  ],
  ['a deep name', factors(deep, 6, 4, 5), 'tensor_unexpected', `base_model.model.${deep}.lora_A.weight`],
];

for (const [why, tensors, code, tensor] of HOSTILE) {
  t.test(`refuses ${why}`, async (t) => {
    const refusal = refusalOf(() => read(tensors));
    t.equal(refusal.code, code);
    t.equal(refusal.errors[0]?.tensor, tensor);
    t.ok(refusal.errors[0]?.detail);
  });
}

t.test('refuses module names that could mean something elsewhere', async (t) => {
  for (const name of [
    '..',
    '.m',
    'm.',
    'm..n',
    '../m',
    'a/b',
    'a\\b',
    'a b',
    'a\nb',
    'a\0b',
    'é',
    'a:b',
    'a*',
    '__proto__',
    'constructor',
    'toString',
  ]) {
    t.equal(refusalOf(() => read(factors(name, 6, 4, 5))).code, 'tensor_unexpected', JSON.stringify(name));
  }
  for (const name of ['m', '0', 'a-b', 'h.0.__proto__x', 'A_1.b', 'm.constructor'])
    t.ok(read(factors(name, 6, 4, 5)), name);
});

t.test('refuses dtypes that cannot be aggregated', async (t) => {
  for (const dtype of ['F64', 'I8', 'F8_E4M3', 'BOOL']) {
    t.equal(refusalOf(() => read(good, {}, dtype)).code, 'tensor_dtype_unsupported', dtype);
  }
});

t.test('refuses a file without factors', async (t) => {
  t.equal(refusalOf(() => read({})).code, 'adapter_empty');
});

t.test('any set of tensors is read or refused, never a fault', async () => {
  const segment = fc.constantFrom(
    'base_model',
    'model',
    'm',
    'lora_A',
    'lora_B',
    'weight',
    'default',
    'lora_embedding_A',
    'bias',
    '',
    '0',
  );
  const name = fc.array(segment, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('.'));
  const tensors = fc.dictionary(name, fc.array(fc.constantFrom(0, 4, 5), { maxLength: 3 }), { maxKeys: 5 });
  fc.assert(
    fc.property(tensors, (set) => {
      fc.pre(!('__metadata__' in set));
      try {
        const { modules } = read(set);
        return modules.length * 2 === Object.keys(set).length;
      } catch (error) {
        return error instanceof Refusal;
      }
    }),
    { numRuns: 2000 },
  );
});
