import { patternKeys } from './patternKeys.js';
import { targetModules } from './targetModules.js';

/** A published adapter_config.json, to be written as JSON. */
export interface PublishedConfig {
  peft_type: 'LORA';
  task_type: string | null;
  base_model_name_or_path: string | null;
  inference_mode: true;
  r: number;
  lora_alpha: number;
  use_rslora: false;
  use_dora: false;
  rank_pattern: Record<string, number>;
  alpha_pattern: Record<string, number>;
  target_modules: string[] | string;
  lora_dropout: 0;
  bias: 'none';
  fan_in_fan_out: boolean;
  init_lora_weights: true;
  modules_to_save: null;
}

/**
 * The adapter_config.json of a published adapter, in which every module has alpha = r = its own rank, so that
 * PEFT scales by exactly 1. The defaults are the largest rank, as r and as lora_alpha: tools that ignore the
 * patterns then scale by 1 as well, and those that reserve memory by r reserve enough.
 * @param modules names and ranks, names unique and as readAdapter permits them
 * @throws {RangeError} on no modules, a repeated name, or a rank that is not a whole number from 1
 */
export function writeConfig(
  modules: readonly { name: string; rank: number }[],
  about: { baseModel?: string; taskType?: string; fanInFanOut: boolean },
): PublishedConfig {
  const ranks = new Map(modules.map(({ name, rank }) => [name, rank]));
  if (ranks.size === 0 || ranks.size !== modules.length)
    throw new RangeError('modules must be given, once each');
  for (const [name, rank] of ranks) {
    if (!Number.isSafeInteger(rank) || rank < 1)
      throw new RangeError(`module ${name} cannot have rank ${rank}`);
  }
  const names = [...ranks.keys()].sort();
  const keys = patternKeys(names);
  const pattern = Object.fromEntries(names.map((name) => [keys.get(name) ?? name, ranks.get(name) ?? 1]));
  const largest = modules.reduce((rank, module) => Math.max(rank, module.rank), 1);
  return {
    peft_type: 'LORA',
    task_type: about.taskType ?? null,
    base_model_name_or_path: about.baseModel ?? null,
    inference_mode: true,
    r: largest,
    lora_alpha: largest,
    use_rslora: false,
    use_dora: false,
    rank_pattern: pattern,
    alpha_pattern: { ...pattern },
    target_modules: targetModules(names),
    lora_dropout: 0,
    bias: 'none',
    fan_in_fan_out: about.fanInFanOut,
    init_lora_weights: true,
    modules_to_save: null,
  };
}
