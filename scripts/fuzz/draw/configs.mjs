// @ts-check
import fc from 'fast-check';
import { drawEdits, editBytes } from './edits.mjs';
import { drawPatterns } from './patterns.mjs';
import { NAMES, TOKENS } from './tokens.mjs';
import { drawWord } from './words.mjs';

const FIELDS = /** @type {const} */ ([
  ...['peft_type', 'r', 'lora_alpha', 'rank_pattern', 'alpha_pattern', 'use_rslora', 'use_dora', 'bias'],
  ...['target_modules', 'modules_to_save', 'init_lora_weights', 'fan_in_fan_out', 'task_type', 'lora_bias'],
  ...[
    'base_model_name_or_path',
    'layer_replication',
    'megatron_config',
    'loftq_config',
    'use_qalora',
    'unheard_of',
  ],
]);

const valid = fc.record(
  {
    r: fc.integer({ min: 1, max: 4 }),
    lora_alpha: fc.oneof(fc.integer({ min: 1, max: 64 }), fc.double({ min: 1e-300, max: 1e6, noNaN: true })),
    rank_pattern: drawPatterns,
    alpha_pattern: drawPatterns,
    use_rslora: fc.boolean(),
    fan_in_fan_out: fc.boolean(),
    bias: fc.constant('none'),
    base_model_name_or_path: drawWord(20),
    target_modules: fc.oneof(fc.array(fc.constantFrom(...NAMES), { maxLength: 3 }), fc.constant('.*proj')),
  },
  { requiredKeys: ['r', 'lora_alpha'] },
);

const change = fc.record({
  field: fc.constantFrom(...FIELDS),
  value: fc.oneof(
    fc.constantFrom(
      ...['1', '4', '0', '-1', '1.5', 'true', 'null', '[]', '{}', '{"q_proj":2}', '"LORA"', '"none"'],
    ),
    fc.constantFrom(...TOKENS, '"LORA"', '"IA3"', '"none"', '"all"', '"pissa"', '"eva"', '"GAUSSIAN"'),
    fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value)),
  ),
});

/** @typedef {{ field: string, value: string }} Member */

const few = fc.oneof(
  { weight: 3, arbitrary: fc.constant(/** @type {Member[]} */ ([])) },
  {
    weight: 1,
    arbitrary: /** @type {fc.Arbitrary<Member[]>} */ (fc.array(change, { minLength: 1, maxLength: 2 })),
  },
);

/** An adapter_config.json: fields of plain LoRA, members added in front or behind, and edits of the text. */
export const drawConfig = fc.record({
  valid,
  before: few,
  after: few,
  text: drawEdits,
});

/** @typedef {typeof drawConfig extends fc.Arbitrary<infer C> ? C : never} DrawnConfig */

/**
 * The config with the ranks of a file's modules, whose names become patterns for themselves alone.
 *
 * @param {import('./corpus.mjs').AnyFile} file
 * @param {DrawnConfig} drawn
 * @returns {DrawnConfig}
 */
export function fitTo(file, drawn) {
  if (!('modules' in file)) return drawn;
  const ranks = file.modules.map(({ name, rank }) => [`^${name.replaceAll('.', '\\.')}$`, rank]);
  return { ...drawn, valid: { ...drawn.valid, rank_pattern: Object.fromEntries(ranks), alpha_pattern: {} } };
}

/**
 * @param {DrawnConfig} drawn
 * @returns {Uint8Array} text in UTF-8, unless it was edited
 */
export function buildConfig({ valid, before, after, text }) {
  const member = (/** @type {Member} */ { field, value }) => `${JSON.stringify(field)}:${value}`;
  const own = Object.entries({ peft_type: 'LORA', ...valid }).map(([field, value]) =>
    member({ field, value: JSON.stringify(value) }),
  );
  const json = `{${[...before.map(member), ...own, ...after.map(member)].join(',')}}`;
  return editBytes(new TextEncoder().encode(json), text);
}
