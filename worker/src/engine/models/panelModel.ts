import { encodeModel } from './encodeModel.js';
import { type PartElement, partInputs, stackNodes } from './stackGraph.js';

/**
 * ONNX model that adds to a `panel` of ΔW, (h, n) float64, the rows of B in `parts` times `right`, (r, n)
 * float64: `sum`.
 */
export function panelModel(elements: readonly PartElement[]): Uint8Array {
  return encodeModel({
    name: 'panel',
    inputs: [
      ...partInputs('B', elements),
      { name: 'right', element: 'float64', dims: ['rank', 'n'] },
      { name: 'panel', element: 'float64', dims: ['long', 'n'] },
    ],
    nodes: [
      ...stackNodes('B', elements, 'float64'),
      { operator: 'Gemm', inputs: ['stack', 'right', 'panel'], output: 'sum' },
    ],
    outputs: [{ name: 'sum', element: 'float64', dims: ['long', 'n'] }],
  });
}
