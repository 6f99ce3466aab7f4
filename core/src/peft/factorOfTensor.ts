import type { Side } from '../kernel/kernel.js';
import { tensorRefusal } from '../safetensors/tensorRefusal.js';
import { checkModuleName } from './checkModuleName.js';

/** Which factor of which module a tensor is, and the name of the adapter where the tensor's name has one. */
export interface Factor {
  module: string;
  side: Side;
  adapter?: string;
}

/** What PEFT puts before a module's name; tools that export adapters leave it out. */
const PREFIX = 'base_model.model.';

/** An adapter name, which PEFT leaves out of files, may stand before `weight`. */
const FACTOR = /^(.+)\.lora_([AB])(?:\.([^.]+))?\.weight$/;

/** Tensors of other kinds that PEFT and its variants write, and what they are. The first that matches names it. */
const OTHERS: readonly [RegExp, string][] = [
  [/\.lora_embedding_[AB](\.|$)/, 'adapts an embedding; only linear layers are supported'],
  [/\.lora_magnitude_vector(\.|$)/, 'is a DoRA magnitude; only plain LoRA is supported'],
  [/\.lora_[AB](\.[^.]+)?\.bias$/, 'is a bias of a LoRA factor; only plain LoRA is supported'],
  [/\.(modules_to_save|original_module)\./, 'is a fully trained module (modules_to_save)'],
  [/\.(token_adapter|trainable_tokens_\w+)(\.|$)/, 'holds trained rows of an embedding'],
  [
    /\.base_layer\./,
    'is a frozen layer, which PEFT adds for targets such as lm_head: save with save_embedding_layers=False',
  ],
  [/\.lora_[^.]*(\.|$)/, 'belongs to a variant of LoRA; only plain LoRA is supported'],
  [/\.bias$/, 'is a trained bias; train with bias none'],
];

/**
 * Reads which LoRA factor a tensor is from its name.
 * @throws {Refusal} tensor_unexpected, with what it is instead
 */
export function factorOfTensor(tensor: string): Factor {
  const match = FACTOR.exec(tensor.startsWith(PREFIX) ? tensor.slice(PREFIX.length) : tensor);
  const [, module = '', side, adapter] = match ?? [];
  if (!match || /(^|\.)(lora_|base_layer(\.|$)|modules_to_save\.)/.test(module)) {
    const other = OTHERS.find(([pattern]) => pattern.test(`.${tensor}`));
    const what = other?.[1] ?? 'is neither a lora_A nor a lora_B weight';
    throw tensorRefusal('tensor_unexpected', tensor, what);
  }
  checkModuleName(module, tensor);
  return { module, side: side === 'A' ? 'A' : 'B', ...(adapter === undefined ? {} : { adapter }) };
}
