import { toFloat64 } from '@florist/core/kernel/convert';
import { parseHeader, type TensorEntry } from '@florist/core/safetensors/parseHeader';

/** A tensor as plain numbers. */
export interface Tensor {
  shape: readonly number[];
  values: Float64Array;
}

/** Every tensor of a safetensors file that is small enough to be held as float64, by name. */
export function readTensors(file: Uint8Array): Map<string, Tensor> {
  const { tensors } = parseHeader(file, file.byteLength);
  return new Map(tensors.map((entry) => [entry.name, { shape: entry.shape, values: valuesOf(file, entry) }]));
}

function valuesOf(file: Uint8Array, { dtype, begin, end }: TensorEntry): Float64Array {
  const bytes = file.slice(begin, end);
  switch (dtype) {
    case 'F64':
      return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8);
    case 'F32':
    case 'F16':
    case 'BF16':
      return toFloat64(bytes, dtype);
    default:
      throw new Error(`the dtype ${dtype} is not one of an adapter`);
  }
}
