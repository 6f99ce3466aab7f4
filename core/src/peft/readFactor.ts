import { asDtype } from '../safetensors/asDtype.js';
import type { TensorEntry } from '../safetensors/safetensorsHeader.js';
import { tensorRefusal } from '../safetensors/tensorRefusal.js';
import type { FactorSpan } from './adapterFile.js';

/**
 * A tensor as the factor of a linear layer: two dimensions, neither of them zero.
 * @throws {Refusal} tensor_dtype_unsupported, or tensor_unexpected for another number of dimensions, such as the
 *   four of a convolution, and for an empty tensor
 */
export function readFactor(tensor: TensorEntry): FactorSpan {
  const dtype = asDtype(tensor);
  const [rows = 0, cols = 0] = tensor.shape;
  if (tensor.shape.length !== 2) {
    const detail = `has shape [${tensor.shape}]; the factors of a linear layer have two dimensions`;
    throw tensorRefusal('tensor_unexpected', tensor.name, detail);
  }
  if (rows === 0 || cols === 0) {
    throw tensorRefusal('tensor_unexpected', tensor.name, `has shape [${tensor.shape}] and holds nothing`);
  }
  return { tensor: tensor.name, dtype, rows, cols, begin: tensor.begin, end: tensor.end };
}
