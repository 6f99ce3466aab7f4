import { Refusal } from '../errors/refusal.js';
import type { SafetensorsHeader } from '../safetensors/safetensorsHeader.js';
import { tensorRefusal } from '../safetensors/tensorRefusal.js';
import type { AdapterFile, AdapterModule } from './adapterFile.js';
import { type FactorPair, pairFactors } from './pairFactors.js';
import { patternTable } from './patternTable.js';
import type { PeftConfig } from './peftConfig.js';
import { readFactor } from './readFactor.js';

/**
 * Makes a LoRA adapter of a file's tensors and its config: pairs the factors, checks that their ranks agree
 * with each other and with the config, and works out each module's scale as PEFT does.
 *
 * Every tensor must be a `lora_A` or `lora_B` weight of a linear layer, [rank, n] and [m, rank]; anything else
 * is refused by name, since what is not aggregated must not be dropped in silence.
 * @throws {Refusal} tensor_unexpected, tensor_unpaired, tensor_dtype_unsupported, rank_mismatch, adapter_empty,
 *   config_unsupported for pattern maps that take too much work
 */
export function readAdapter(header: SafetensorsHeader, config: PeftConfig): AdapterFile {
  const pairs = pairFactors(header.tensors);
  if (pairs.length === 0) {
    throw new Refusal('adapter_empty', 'the file holds no lora_A and lora_B weights');
  }
  const rankOf = patternTable(config.rankPattern, 'rank_pattern');
  const alphaOf = patternTable(config.alphaPattern, 'alpha_pattern');
  const modules = pairs.map((pair) => {
    const rank = rankOf(pair.module) ?? config.r;
    const alpha = alphaOf(pair.module) ?? config.alpha;
    return readModule(pair, rank, config.useRslora ? alpha / Math.sqrt(rank) : alpha / rank);
  });
  return {
    modules,
    fanInFanOut: config.fanInFanOut,
    ...(config.baseModel === undefined ? {} : { baseModel: config.baseModel }),
    ...(config.taskType === undefined ? {} : { taskType: config.taskType }),
    rank: modules.reduce((largest, module) => Math.max(largest, module.rank), 0),
  };
}

/** @param rank what the config says the module's rank is */
function readModule(pair: FactorPair, rank: number, scale: number): AdapterModule {
  const a = readFactor(pair.a);
  const b = readFactor(pair.b);
  if (a.rows !== b.cols) {
    const detail = `has rank ${b.cols} but its counterpart has rank ${a.rows}`;
    throw tensorRefusal('rank_mismatch', b.tensor, detail);
  }
  if (a.rows !== rank) {
    const detail = `has rank ${a.rows} but the config gives ${pair.module} rank ${rank}`;
    throw tensorRefusal('rank_mismatch', a.tensor, detail);
  }
  return { name: pair.module, shape: [b.rows, a.cols], rank, scale, a, b };
}
