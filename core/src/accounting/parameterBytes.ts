import { DTYPE_BYTES } from '../kernel/convert.js';
import type { Dtype } from '../kernel/kernel.js';

/** Bytes of tensor data of that many parameters, headers not counted. */
export function parameterBytes(parameters: number, dtype: Dtype): number {
  return parameters * DTYPE_BYTES[dtype];
}
