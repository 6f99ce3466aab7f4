import type { Dtype } from '../kernel/kernel.js';
import { tensorRefusal } from './tensorRefusal.js';

/**
 * Narrows the dtype of a tensor to those that can be aggregated.
 * @throws {Refusal} tensor_dtype_unsupported for any other, naming the tensor
 */
export function asDtype(tensor: { name: string; dtype: string }): Dtype {
  const { name, dtype } = tensor;
  if (dtype === 'F32' || dtype === 'F16' || dtype === 'BF16') return dtype;
  throw tensorRefusal('tensor_dtype_unsupported', name, `is ${dtype}; LoRA factors must be F32, F16 or BF16`);
}
