import type { Side } from '@florist/core/kernel/kernel';
import type { ElementName } from '../onnxSchema.js';
import { encodeModel } from './encodeModel.js';
import { cast, type PartElement, partInputs, stackNodes } from './stackGraph.js';

/**
 * ONNX model of a stack times `coefficients` (float64): `projected`, B·C (m, p) or C·A (p, n).
 *
 * The product is float64 however it is published. Coefficients of an ill-conditioned stack are large and
 * cancel, which float32 would not survive; at 4096 × 152 × 40 the safe product costs 0.3 ms more a side, less
 * than telling the two kinds of stack apart would be worth.
 */
export function projectModel(
  side: Side,
  elements: readonly PartElement[],
  projected: ElementName,
): Uint8Array {
  const isB = side === 'B';
  return encodeModel({
    name: `project${side}`,
    inputs: [
      ...partInputs(side, elements),
      { name: 'coefficients', element: 'float64', dims: isB ? ['rank', 'kept'] : ['kept', 'rank'] },
    ],
    nodes: [
      ...stackNodes(side, elements, 'float64'),
      {
        operator: 'MatMul',
        inputs: isB ? ['stack', 'coefficients'] : ['coefficients', 'stack'],
        output: 'product',
      },
      cast('product', 'projected', projected),
    ],
    outputs: [{ name: 'projected', element: projected, dims: isB ? ['long', 'kept'] : ['kept', 'long'] }],
  });
}
