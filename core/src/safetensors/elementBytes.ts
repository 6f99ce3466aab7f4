import type { Dtype } from '../kernel/kernel.js';

/** Bytes of one element of a dtype that can be aggregated. */
export function elementBytes(dtype: Dtype): 2 | 4 {
  return dtype === 'F32' ? 4 : 2;
}
