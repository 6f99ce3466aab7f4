import type { RawMatrix, Side, Stack } from '@florist/core/kernel/kernel';
import { gramOf } from './gramOf.js';
import { type GroupedStack, groupStack } from './groupStack.js';
import { joinParts } from './joinParts.js';
import { projectionOf } from './projectionOf.js';
import type { SessionCache } from './sessionCache.js';
import { toBytes } from './toBytes.js';
import { toTensor } from './toTensor.js';

/**
 * The stack of `matrices` as tensors over their own bytes, which must not change until it is released.
 *
 * @throws Error when there is none, or their long sides differ
 */
export async function openOnnxStack(
  cache: SessionCache,
  side: Side,
  matrices: readonly RawMatrix[],
): Promise<Stack> {
  const { rank, length } = measure(side, matrices);
  let stack: GroupedStack | undefined = groupStack(
    side,
    await joinParts(cache, side, matrices.map(toTensor)),
  );
  const held = () => {
    if (stack === undefined) throw new Error('the stack has been released');
    return stack;
  };
  return {
    side,
    rank,
    length,
    gram: async () => gramOf(cache, held()),
    async project(coefficients, p, dtype) {
      return toBytes(await projectionOf(cache, held(), coefficients, p, dtype), dtype);
    },
    release() {
      stack = undefined;
    },
  };
}

function measure(side: Side, matrices: readonly RawMatrix[]): { rank: number; length: number } {
  const [first] = matrices;
  if (first === undefined) throw new Error('a stack needs at least one part');
  const length = side === 'B' ? first.rows : first.cols;
  let rank = 0;
  for (const { rows, cols } of matrices) {
    const own = side === 'B' ? rows : cols;
    if (own !== length) throw new Error(`parts of one stack have long sides ${length} and ${own}`);
    rank += side === 'B' ? cols : rows;
  }
  return { rank, length };
}
