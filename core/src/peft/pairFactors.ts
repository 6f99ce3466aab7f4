import { quoteName } from '../safetensors/quoteName.js';
import type { TensorEntry } from '../safetensors/safetensorsHeader.js';
import { tensorRefusal } from '../safetensors/tensorRefusal.js';
import { type Factor, factorOfTensor } from './factorOfTensor.js';

/** The two tensors of one module. */
export interface FactorPair {
  module: string;
  a: TensorEntry;
  b: TensorEntry;
}

/**
 * Sorts an adapter's tensors into pairs, one for each module, sorted by the module's name.
 * @throws {Refusal} tensor_unexpected for what is no factor, for a second tensor in the same role and for a second adapter
 *   in the same file; tensor_unpaired for a factor alone
 */
export function pairFactors(tensors: readonly TensorEntry[]): FactorPair[] {
  const sides = { A: new Map<string, TensorEntry>(), B: new Map<string, TensorEntry>() };
  let first: Factor | undefined;
  for (const tensor of tensors) {
    const factor = factorOfTensor(tensor.name);
    first ??= factor;
    const side = sides[factor.side];
    const twin = side.get(factor.module);
    if (twin) throw unexpected(tensor, `repeats the factor that tensor ${quoteName(twin.name)} holds`);
    if (factor.adapter !== first.adapter)
      throw unexpected(tensor, 'belongs to another adapter than the rest');
    side.set(factor.module, tensor);
  }
  const lone = [...sides.B].find(([module]) => !sides.A.has(module));
  if (lone) throw tensorRefusal('tensor_unpaired', lone[1].name, 'has no lora_A counterpart');
  const pairs = [...sides.A].map(([module, a]) => {
    const b = sides.B.get(module);
    if (!b) throw tensorRefusal('tensor_unpaired', a.name, 'has no lora_B counterpart');
    return { module, a, b };
  });
  return pairs.sort((x, y) => (x.module < y.module ? -1 : 1));
}

function unexpected(tensor: TensorEntry, detail: string) {
  return tensorRefusal('tensor_unexpected', tensor.name, detail);
}
