import type { Side } from '@florist/core/kernel/kernel';
import { float64 } from './float64.js';
import { groupParts } from './groupParts.js';
import { feedsOf } from './joinParts.js';
import { blockName, gramModel } from './models/gramModel.js';
import type { SessionCache } from './sessionCache.js';
import type { Part } from './toTensor.js';

/**
 * Float64 Gram matrix (r, r) of the stack of `parts`, from the blocks on and below its diagonal.
 *
 * @param pattern tells apart stacks whose parts differ in side, number or element type
 */
export async function gramOf(
  cache: SessionCache,
  side: Side,
  parts: readonly Part[],
  pattern: string,
): Promise<Float64Array> {
  const ranks = parts.map((part) => (side === 'B' ? part.cols : part.rows));
  const groups = groupParts(ranks);
  const pairs = groups.flatMap((_, i) => Array.from({ length: i + 1 }, (_, j) => ({ i, j })));
  const key = `gram ${pattern} ${groups.map((group) => group.length).join(' ')}`;
  const elements = parts.map((part) => part.element);
  const model = () => gramModel(side, elements, groups);
  const names = pairs.map(({ i, j }) => blockName(i, j));
  const blocks = await cache.runAll(key, model, feedsOf(parts), names);
  const offsets = offsetsOf(
    groups.map((group) => group.reduce((sum, index) => sum + (ranks[index] ?? 0), 0)),
  );
  const r = offsets[groups.length] ?? 0;
  const gram = new Float64Array(r * r);
  for (const [index, block] of blocks.entries()) {
    const { i, j } = pairs[index] ?? { i: 0, j: 0 };
    place(gram, r, float64(block), offsets[i] ?? 0, offsets[j] ?? 0, block.dims[1] ?? 0);
  }
  return gram;
}

/** Where each group begins, and the end of the last. */
function offsetsOf(ranks: readonly number[]): number[] {
  const offsets = [0];
  for (const rank of ranks) offsets.push((offsets.at(-1) ?? 0) + rank);
  return offsets;
}

/** Writes a block at (row, col) and its mirror image at (col, row). */
function place(
  gram: Float64Array,
  r: number,
  block: Float64Array,
  row: number,
  col: number,
  width: number,
): void {
  for (let i = 0; i * width < block.length; i++) {
    gram.set(block.subarray(i * width, (i + 1) * width), (row + i) * r + col);
  }
  for (let i = 0; i * width < block.length; i++) {
    for (let j = 0; j < width; j++) gram[(col + j) * r + row + i] = block[i * width + j] ?? 0;
  }
}
