// @ts-check
import { promise } from './promise.mjs';

/** Fields that make something else of an adapter, whatever they are set to but nothing. */
const VARIANTS = [
  'use_dora',
  'use_qalora',
  'modules_to_save',
  'lora_bias',
  'layer_replication',
  'megatron_config',
];

/**
 * Whether a config that was accepted is one of plain LoRA, and is read as it says.
 *
 * @param {unknown} json
 * @param {import('../../../core/dist/peft/readConfig.js').PeftConfig} config
 */
export function checkPlainLora(json, config) {
  promise(typeof json === 'object' && json !== null && !Array.isArray(json), 'a config is an object');
  const says = new Map(Object.entries(json));
  promise(says.get('peft_type') === 'LORA', 'a config is of LORA');
  promise([undefined, null, 'none'].includes(says.get('bias')), 'nothing trains biases');
  for (const field of VARIANTS) promise(isNothing(says.get(field)), `${field} is off`);
  promise(config.r === says.get('r') && isRank(config.r), `the rank ${config.r} is the config's`);
  promise(config.alpha === says.get('lora_alpha') && isAlpha(config.alpha), 'alpha is the config’s');
  promise(config.useRslora === (says.get('use_rslora') ?? false), 'use_rslora is the config’s');
  promise(samePatterns(says.get('rank_pattern'), config.rankPattern), 'rank_pattern is the config’s');
  promise(samePatterns(says.get('alpha_pattern'), config.alphaPattern), 'alpha_pattern is the config’s');
  promise([...config.rankPattern.values()].every(isRank), 'patterns give ranks');
  promise([...config.alphaPattern.values()].every(isAlpha), 'patterns give alphas');
}

/** @param {unknown} value */
const isNothing = (value) => !value || (typeof value === 'object' && Object.keys(value).length === 0);

/** @param {number} value */
const isRank = (value) => Number.isInteger(value) && value >= 1 && value <= 16_384;

/** @param {number} value */
const isAlpha = (value) => Number.isFinite(value) && value > 0 && value <= 2 ** 20;

/**
 * @param {unknown} says
 * @param {ReadonlyMap<string, number>} read
 */
const samePatterns = (says, read) => JSON.stringify(Object.entries(says ?? {})) === JSON.stringify([...read]);
