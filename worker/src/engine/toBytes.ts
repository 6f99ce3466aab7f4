import { Refusal } from '@florist/core/errors/refusal';
import { fromFloats } from '@florist/core/kernel/convert';
import type { Dtype } from '@florist/core/kernel/kernel';
import type { Tensor } from './onnxRuntime.js';

/** Exponent bits of each format; all set, the element is infinite or not a number. */
const EXPONENT = { F32: 0x7f800000, F16: 0x7c00 } as const;

/**
 * The elements of a projected tensor as row-major little-endian bytes of `dtype`. The graph has rounded F32 and
 * F16; BF16, which it cannot hand out, arrives as float64 and is rounded here.
 *
 * @throws Refusal dtype_overflow when an element does not fit
 */
export function toBytes(tensor: Tensor, dtype: Dtype): Uint8Array {
  const { data } = tensor;
  if (!ArrayBuffer.isView(data)) throw new Error(`expected a tensor of numbers, not ${tensor.type}`);
  const { buffer, byteOffset, byteLength } = data;
  if (dtype === 'BF16') return fromFloats(new Float64Array(buffer, byteOffset, byteLength / 8), dtype);
  const elements =
    dtype === 'F32'
      ? new Uint32Array(buffer, byteOffset, byteLength / 4)
      : new Uint16Array(buffer, byteOffset, byteLength / 2);
  if (overflows(elements, EXPONENT[dtype])) {
    const wider = dtype === 'F16' ? '; publish it as F32 or BF16' : '';
    throw new Refusal(
      'dtype_overflow',
      `a value of the global adapter is larger than ${dtype} can hold${wider}`,
    );
  }
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function overflows(elements: Uint32Array | Uint16Array, exponent: number): boolean {
  for (let i = 0; i < elements.length; i++) {
    if (((elements[i] ?? 0) & exponent) === exponent) return true;
  }
  return false;
}
