import { DTYPE_BYTES, toFloat32 } from '@florist/core/kernel/convert';
import type { RawMatrix } from '@florist/core/kernel/kernel';
import type { PartElement } from './models/stackGraph.js';
import { Tensor } from './onnxRuntime.js';

/** A part as a graph receives it. */
export interface Part {
  element: PartElement;
  rows: number;
  cols: number;
  tensor: Tensor;
}

/**
 * A tensor over a factor's own bytes; only BF16, which ONNX Runtime's binding lacks, is widened into a copy.
 *
 * @throws Error when the bytes are not aligned to their element or are not rows × cols of them
 */
export function toTensor(matrix: RawMatrix): Part {
  const { dtype, rows, cols, bytes } = matrix;
  const size = DTYPE_BYTES[dtype];
  const count = rows * cols;
  if (bytes.byteLength !== count * size) {
    throw new Error(`a ${rows} × ${cols} ${dtype} factor has ${bytes.byteLength} bytes`);
  }
  if (bytes.byteOffset % size !== 0) {
    throw new Error(`a ${dtype} factor starts at byte ${bytes.byteOffset}, which is not aligned`);
  }
  const dims = [rows, cols];
  if (dtype === 'F16') {
    const halves = new Uint16Array(bytes.buffer, bytes.byteOffset, count);
    return { element: 'float16', rows, cols, tensor: new Tensor('float16', halves, dims) };
  }
  return { element: 'float32', rows, cols, tensor: new Tensor('float32', toFloat32(bytes, dtype), dims) };
}
