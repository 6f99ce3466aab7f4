import type { Tensor } from './onnxRuntime.js';

/** The values of a float64 tensor. */
export function float64({ data, type }: Tensor): Float64Array {
  if (data instanceof Float64Array) return data;
  throw new Error(`expected a float64 tensor, not ${type}`);
}
