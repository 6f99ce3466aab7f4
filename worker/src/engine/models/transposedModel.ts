import { encodeModel } from './encodeModel.js';

/** ONNX model of `y` (b, n) times the transpose of `w` (m, n), float64: `product` (b, m). */
export function transposedModel(): Uint8Array {
  return encodeModel({
    name: 'transposed',
    inputs: [
      { name: 'y', element: 'float64', dims: ['b', 'n'] },
      { name: 'w', element: 'float64', dims: ['m', 'n'] },
    ],
    nodes: [{ operator: 'Gemm', inputs: ['y', 'w'], output: 'product', attributes: { transB: 1 } }],
    outputs: [{ name: 'product', element: 'float64', dims: ['b', 'm'] }],
  });
}
