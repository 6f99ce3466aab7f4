import { encodeModel } from './encodeModel.js';

/** ONNX model of the float64 product of `x` (rows, inner) and `y` (inner, cols): `product` (rows, cols). */
export function multiplyModel(): Uint8Array {
  return encodeModel({
    name: 'multiply',
    inputs: [
      { name: 'x', element: 'float64', dims: ['rows', 'inner'] },
      { name: 'y', element: 'float64', dims: ['inner', 'cols'] },
    ],
    nodes: [{ operator: 'MatMul', inputs: ['x', 'y'], output: 'product' }],
    outputs: [{ name: 'product', element: 'float64', dims: ['rows', 'cols'] }],
  });
}
