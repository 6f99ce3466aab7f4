import { encodeHeader } from '../../src/safetensors/encodeHeader.js';
import { parseHeader, type SafetensorsHeader } from '../../src/safetensors/parseHeader.js';

export type Tensors = Record<string, readonly number[]>;

/** The header of a file with these tensors, from name to shape. */
export function headerOf(tensors: Tensors, dtype = 'F16'): SafetensorsHeader {
  const list = Object.entries(tensors).map(([name, shape]) => ({ name, dtype, shape }));
  const bytes = encodeHeader(list);
  const elementBytes = { F64: 8, F32: 4, F16: 2, BF16: 2 }[dtype] ?? 1;
  const elements = list.reduce((sum, { shape }) => sum + shape.reduce((product, n) => product * n, 1), 0);
  return parseHeader(bytes, bytes.length + elements * elementBytes);
}

/** The two tensors of a module, named as PEFT names them. */
export function factors(module: string, m: number, rank: number, n: number): Tensors {
  return {
    [`base_model.model.${module}.lora_A.weight`]: [rank, n],
    [`base_model.model.${module}.lora_B.weight`]: [m, rank],
  };
}

/** A config that says no more than it must. */
export function plainConfig(more: Record<string, unknown> = {}): Record<string, unknown> {
  return { peft_type: 'LORA', r: 4, lora_alpha: 8, ...more };
}
