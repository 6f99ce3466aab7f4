import type { Side } from '@florist/core/kernel/kernel';
import { encodeModel } from './encodeModel.js';
import { type PartElement, partInputs, stackNodes } from './stackGraph.js';

/** ONNX model that joins parts into one float32 `stack`, for stacks of more parts than one graph takes. */
export function joinModel(side: Side, elements: readonly PartElement[]): Uint8Array {
  const dims = side === 'B' ? ['long', 'rank'] : ['rank', 'long'];
  return encodeModel({
    name: `join${side}`,
    inputs: partInputs(side, elements),
    nodes: stackNodes(side, elements, 'float32'),
    outputs: [{ name: 'stack', element: 'float32', dims }],
  });
}
