import type { Side } from '@florist/core/kernel/kernel';
import { encodeModel, type GraphNode, type GraphValue } from './encodeModel.js';
import {
  cast,
  groupName,
  groupNodes,
  type PartElement,
  partInputs,
  partName,
  wideName,
} from './stackGraph.js';

/** The output that holds the block of groups i and j. */
export const blockName = (i: number, j: number): string => `gram${i}_${j}`;

/**
 * ONNX model of the Gram matrix of a stack, float64, as the blocks on and below its diagonal: the block of
 * groups i ≥ j is B_iᵀB_j or A_iA_jᵀ.
 *
 * The product itself is float64: squaring in float32 would lose every singular value below about 3e-4 σ₁. Parts of B
 * are transposed first, while they are small; products of columns take 1.4 times as long.
 */
export function gramModel(
  side: Side,
  elements: readonly PartElement[],
  groups: readonly (readonly number[])[],
): Uint8Array {
  const nodes: GraphNode[] = elements.flatMap((_, index) => rowsOf(side, index));
  for (const [i, group] of groups.entries()) {
    nodes.push(...groupNodes('A', group, i));
  }
  const outputs: GraphValue[] = [];
  for (const i of groups.keys()) {
    for (let j = 0; j <= i; j++) {
      nodes.push({
        operator: 'Gemm',
        inputs: [groupName(i), groupName(j)],
        output: blockName(i, j),
        attributes: { transB: 1 },
      });
      outputs.push({ name: blockName(i, j), element: 'float64', dims: [`rows${i}`, `rows${j}`] });
    }
  }
  return encodeModel({ name: `gram${side}`, inputs: partInputs(side, elements), nodes, outputs });
}

/** A part with its directions as rows, widened. */
function rowsOf(side: Side, index: number): GraphNode[] {
  const part = partName(index);
  if (side === 'A') return [cast(part, wideName(index), 'float32')];
  const turned = `turned${index}`;
  return [
    { operator: 'Transpose', inputs: [part], output: turned },
    cast(turned, wideName(index), 'float32'),
  ];
}
