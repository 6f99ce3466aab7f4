import type { Side } from '@florist/core/kernel/kernel';
import { encodeModel } from './encodeModel.js';
import { type PartElement, stackGraph } from './stackGraph.js';

/** ONNX model that joins parts into one float32 `stack`, for stacks of more parts than one graph takes. */
export function joinModel(side: Side, elements: readonly PartElement[]): Uint8Array {
  const { inputs, nodes } = stackGraph(side, elements, 'float32');
  const dims = side === 'B' ? ['long', 'rank'] : ['rank', 'long'];
  return encodeModel({
    name: `join${side}`,
    inputs,
    nodes,
    outputs: [{ name: 'stack', element: 'float32', dims }],
  });
}
