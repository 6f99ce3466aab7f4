import { float64 } from './float64.js';
import type { GroupedStack } from './groupStack.js';
import { feedsOf } from './joinParts.js';
import { blockName, gramModel } from './models/gramModel.js';
import type { SessionCache } from './sessionCache.js';

/** Float64 Gram matrix (r, r) of a stack, from the blocks on and below its diagonal. */
export async function gramOf(cache: SessionCache, stack: GroupedStack): Promise<Float64Array> {
  const { side, parts, groups, offsets, pattern } = stack;
  const pairs = groups.flatMap((_, i) => Array.from({ length: i + 1 }, (_, j) => ({ i, j })));
  const elements = parts.map((part) => part.element);
  const model = () => gramModel(side, elements, groups);
  const names = pairs.map(({ i, j }) => blockName(i, j));
  const blocks = await cache.runAll(`gram ${pattern}`, model, feedsOf(parts), names);
  const r = offsets[groups.length] ?? 0;
  const gram = new Float64Array(r * r);
  for (const [index, block] of blocks.entries()) {
    const { i, j } = pairs[index] ?? { i: 0, j: 0 };
    place(gram, r, float64(block), offsets[i] ?? 0, offsets[j] ?? 0, block.dims[1] ?? 0);
  }
  return gram;
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
