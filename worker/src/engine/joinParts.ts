import type { Side } from '@florist/core/kernel/kernel';
import { joinModel } from './models/joinModel.js';
import { partName } from './models/stackGraph.js';
import type { SessionCache } from './sessionCache.js';
import type { Part } from './toTensor.js';

/** Inputs of one graph at most: opening a session costs 4 ms at 100 inputs, but 110 ms at 1000. */
const PARTS_MAX = 128;

/** Parts of one stack, few enough for one graph: where they are more, neighbours are joined first. */
export async function joinParts(
  cache: SessionCache,
  side: Side,
  parts: readonly Part[],
  partsMax = PARTS_MAX,
): Promise<readonly Part[]> {
  let joined = parts;
  while (joined.length > partsMax) {
    const next: Part[] = [];
    for (let from = 0; from < joined.length; from += partsMax) {
      next.push(await join(cache, side, joined.slice(from, from + partsMax)));
    }
    joined = next;
  }
  return joined;
}

async function join(cache: SessionCache, side: Side, parts: readonly Part[]): Promise<Part> {
  const [first] = parts;
  if (first === undefined) throw new Error('a stack needs at least one part');
  if (parts.length === 1) return first;
  const elements = parts.map((part) => part.element);
  const key = `join ${side} ${elementsKey(parts)}`;
  const tensor = await cache.run(key, () => joinModel(side, elements), feedsOf(parts), 'stack');
  const [rows = 0, cols = 0] = tensor.dims;
  return { element: 'float32', rows, cols, tensor };
}

/** The inputs of a graph over `parts`. */
export function feedsOf(parts: readonly Part[]): Record<string, Part['tensor']> {
  return Object.fromEntries(parts.map((part, index) => [partName(index), part.tensor]));
}

/** Tells apart the graphs of stacks whose parts differ in number or element type. */
export function elementsKey(parts: readonly Part[]): string {
  return parts.map((part) => (part.element === 'float16' ? 'h' : 'f')).join('');
}
