import { encodeModel } from './encodeModel.js';
import { type PartElement, partInputs, stackNodes } from './stackGraph.js';

/** ONNX model of a stack of A's with each row times its entry of `factors`, (r, 1) float64: `scaled` (r, n). */
export function scaledModel(elements: readonly PartElement[]): Uint8Array {
  return encodeModel({
    name: 'scaled',
    inputs: [...partInputs('A', elements), { name: 'factors', element: 'float64', dims: ['rank', 'one'] }],
    nodes: [
      ...stackNodes('A', elements, 'float64'),
      { operator: 'Mul', inputs: ['stack', 'factors'], output: 'scaled' },
    ],
    outputs: [{ name: 'scaled', element: 'float64', dims: ['rank', 'long'] }],
  });
}
