import { Refusal } from '../errors/refusal.js';
import { checkSupported } from './checkSupported.js';
import { configRefusal } from './configRefusal.js';
import { ALPHA_MAX, BASE_MODEL_MAX, RANK_MAX } from './limits.js';
import { patternTable } from './patternTable.js';
import type { PeftConfig } from './peftConfig.js';
import { readPatterns } from './readPatterns.js';

export type { PeftConfig } from './peftConfig.js';

/** Names of tasks, those of today's PEFT and of tomorrow's. */
const TASK_TYPE = /^[A-Z0-9_]{1,64}$/;

/**
 * Reads a parsed adapter_config.json as PEFT 0.21 would, and refuses what Florist cannot aggregate.
 *
 * lora_alpha may be fractional but must be above zero: at zero the adapter is without effect and cannot have
 * been trained, and below it the update would count backwards.
 * @throws {Refusal} config_invalid for malformed values, config_unsupported for other methods and variants of
 *   LoRA; `errors[0].field` names the field
 */
export function readConfig(json: unknown): PeftConfig {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new Refusal('config_invalid', 'adapter_config.json must hold a JSON object');
  }
  const fields: ReadonlyMap<string, unknown> = new Map(Object.entries(json));
  checkSupported(fields);
  const rankPattern = readPatterns(fields.get('rank_pattern'), 'rank_pattern', readRank);
  const alphaPattern = readPatterns(fields.get('alpha_pattern'), 'alpha_pattern', readAlpha);
  // Only to refuse what does not compile while the config is being read.
  patternTable(rankPattern, 'rank_pattern');
  patternTable(alphaPattern, 'alpha_pattern');
  const config: PeftConfig = {
    r: readRank(fields.get('r'), 'r'),
    alpha: readAlpha(fields.get('lora_alpha'), 'lora_alpha'),
    useRslora: readSwitch(fields.get('use_rslora'), 'use_rslora'),
    rankPattern,
    alphaPattern,
    fanInFanOut: readSwitch(fields.get('fan_in_fan_out'), 'fan_in_fan_out'),
  };
  const baseModel = readBaseModel(fields.get('base_model_name_or_path'));
  if (baseModel !== undefined) config.baseModel = baseModel;
  const taskType = readTaskType(fields.get('task_type'));
  if (taskType !== undefined) config.taskType = taskType;
  const targetModules = readTargets(fields.get('target_modules'));
  if (targetModules !== undefined) config.targetModules = targetModules;
  return config;
}

function readRank(value: unknown, field: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= RANK_MAX) return value;
  throw configRefusal('config_invalid', field, `must be a whole number from 1 to ${RANK_MAX}`);
}

function readAlpha(value: unknown, field: string): number {
  if (typeof value === 'number' && value > 0 && value <= ALPHA_MAX) return value;
  throw configRefusal('config_invalid', field, `must be a number above 0 and at most ${ALPHA_MAX}`);
}

function readSwitch(value: unknown, field: string): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === 'boolean') return value;
  throw configRefusal('config_invalid', field, 'must be true or false');
}

function readBaseModel(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string' && value.length <= BASE_MODEL_MAX) return value;
  const detail = `must be a string of at most ${BASE_MODEL_MAX} characters`;
  throw configRefusal('config_invalid', 'base_model_name_or_path', detail);
}

function readTaskType(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && TASK_TYPE.test(value)) return value;
  throw configRefusal('config_invalid', 'task_type', 'must be the name of a task, such as CAUSAL_LM');
}

function readTargets(value: unknown): string | readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw configRefusal('config_invalid', 'target_modules', 'must be a string or a list of strings');
}
