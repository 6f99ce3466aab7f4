import type { Side } from '@florist/core/kernel/kernel';
import { encodeModel } from './encodeModel.js';
import { type PartElement, stackGraph } from './stackGraph.js';

/**
 * ONNX model of the Gram matrix of a stack: `gram` (r, r) float64, BᵀB or AAᵀ.
 *
 * The product itself is float64: squaring in float32 would lose every singular value below about 3e-4 σ₁.
 */
export function gramModel(side: Side, elements: readonly PartElement[]): Uint8Array {
  const stack = stackGraph(side, elements, 'float64');
  return encodeModel({
    name: `gram${side}`,
    inputs: stack.inputs,
    nodes: [
      ...stack.nodes,
      {
        operator: 'Gemm',
        inputs: ['stack', 'stack'],
        output: 'gram',
        attributes: side === 'B' ? { transA: 1 } : { transB: 1 },
      },
    ],
    outputs: [{ name: 'gram', element: 'float64', dims: ['rank', 'rank'] }],
  });
}
