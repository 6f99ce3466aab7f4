import type { Side } from '@florist/core/kernel/kernel';
import type { ElementName } from '../onnxSchema.js';
import { encodeModel, type GraphNode } from './encodeModel.js';
import {
  cast,
  groupName,
  groupNodes,
  type PartElement,
  partInputs,
  partName,
  wideName,
} from './stackGraph.js';

/** The input that holds the coefficients of a group: its rows of C for B, its columns for A. */
export const coefficientsName = (group: number): string => `coefficients${group}`;

/**
 * ONNX model of a stack times its coefficients (float64): `projected`, B·C (m, p) or C·A (p, n).
 *
 * The product is float64 however it is published. Coefficients of an ill-conditioned stack are large and
 * cancel, which float32 would not survive; at 4096 × 152 × 40 the safe product costs 0.3 ms more a side, less
 * than telling the two kinds of stack apart would be worth.
 *
 * One group after the other is widened and added to the sum: at rank 1600, where the widened stack is far larger than
 * any cache, that takes a third of the time of one product.
 */
export function projectModel(
  side: Side,
  elements: readonly PartElement[],
  groups: readonly (readonly number[])[],
  projected: ElementName,
): Uint8Array {
  const isB = side === 'B';
  const nodes: GraphNode[] = [];
  for (const [i, group] of groups.entries()) {
    for (const index of group) nodes.push(cast(partName(index), wideName(index), 'float32'));
    nodes.push(...groupNodes(side, group, i));
    const factors = isB ? [groupName(i), coefficientsName(i)] : [coefficientsName(i), groupName(i)];
    nodes.push({
      operator: 'Gemm',
      inputs: i === 0 ? factors : [...factors, `sum${i - 1}`],
      output: `sum${i}`,
    });
  }
  nodes.push(cast(`sum${groups.length - 1}`, 'projected', projected));
  return encodeModel({
    name: `project${side}`,
    inputs: [
      ...partInputs(side, elements),
      ...groups.map((_, i) => ({
        name: coefficientsName(i),
        element: 'float64' as const,
        dims: isB ? [`rows${i}`, 'kept'] : ['kept', `rows${i}`],
      })),
    ],
    nodes,
    outputs: [{ name: 'projected', element: projected, dims: isB ? ['long', 'kept'] : ['kept', 'long'] }],
  });
}
