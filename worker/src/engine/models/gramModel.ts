import type { Side } from '@florist/core/kernel/kernel';
import { encodeModel, type GraphNode, type GraphValue } from './encodeModel.js';
import { cast, joinNode, type PartElement, partInputs, partName, wideName } from './stackGraph.js';

/** The output that holds the block of groups i and j. */
export const blockName = (i: number, j: number): string => `gram${i}_${j}`;

/**
 * ONNX model of the Gram matrix of a stack, float64, as the blocks on and below its diagonal: the block of
 * groups i ≥ j is B_iᵀB_j or A_iA_jᵀ.
 *
 * The product itself is float64: squaring in float32 would lose every singular value below about 3e-4 σ₁.
 */
export function gramModel(
  side: Side,
  elements: readonly PartElement[],
  groups: readonly (readonly number[])[],
): Uint8Array {
  const nodes: GraphNode[] = elements.map((_, index) => cast(partName(index), wideName(index), 'float32'));
  for (const [i, group] of groups.entries()) {
    nodes.push(joinNode(side, group.map(wideName), `joined${i}`));
    nodes.push(cast(`joined${i}`, `group${i}`, 'float64'));
  }
  const outputs: GraphValue[] = [];
  for (const i of groups.keys()) {
    for (let j = 0; j <= i; j++) {
      nodes.push({
        operator: 'Gemm',
        inputs: [`group${i}`, `group${j}`],
        output: blockName(i, j),
        attributes: side === 'B' ? { transA: 1 } : { transB: 1 },
      });
      outputs.push({ name: blockName(i, j), element: 'float64', dims: [`rows${i}`, `rows${j}`] });
    }
  }
  return encodeModel({ name: `gram${side}`, inputs: partInputs(side, elements), nodes, outputs });
}
