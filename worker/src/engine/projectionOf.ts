import type { Dtype } from '@florist/core/kernel/kernel';
import type { GroupedStack } from './groupStack.js';
import { feedsOf } from './joinParts.js';
import { coefficientsName, projectModel } from './models/projectModel.js';
import { Tensor } from './onnxRuntime.js';
import type { ElementName } from './onnxSchema.js';
import type { SessionCache } from './sessionCache.js';

/** What a projection leaves its graph as: the published element, or what the host rounds to it. */
const PROJECTED: Readonly<Record<Dtype, ElementName>> = { F32: 'float32', F16: 'float16', BF16: 'float64' };

/**
 * The product of a stack with its coefficients, B·C (m, p) or C·A (p, n), as PROJECTED says of `dtype`.
 *
 * @param coefficients float64 (r, p) for B, (p, r) for A
 */
export async function projectionOf(
  cache: SessionCache,
  stack: GroupedStack,
  coefficients: Float64Array,
  p: number,
  dtype: Dtype,
): Promise<Tensor> {
  const { side, parts, groups, offsets, pattern } = stack;
  const rank = offsets[groups.length] ?? 0;
  if (coefficients.length !== rank * p) {
    throw new Error(`coefficients of ${coefficients.length} values are not ${rank} × ${p}`);
  }
  const feeds: Record<string, Tensor> = feedsOf(parts);
  for (const group of groups.keys()) {
    const [begin = 0, end = 0] = offsets.slice(group, group + 2);
    feeds[coefficientsName(group)] =
      side === 'B'
        ? new Tensor('float64', coefficients.subarray(begin * p, end * p), [end - begin, p])
        : new Tensor('float64', columns(coefficients, rank, begin, end), [p, end - begin]);
  }
  const elements = parts.map((part) => part.element);
  const element = PROJECTED[dtype];
  const model = () => projectModel(side, elements, groups, element);
  return cache.run(`project ${pattern} ${element}`, model, feeds, 'projected');
}

/** Columns [begin, end) of a matrix of `width` columns. */
function columns(matrix: Float64Array, width: number, begin: number, end: number): Float64Array {
  if (end - begin === width) return matrix;
  const taken = new Float64Array((matrix.length / width) * (end - begin));
  for (let row = 0; row * width < matrix.length; row++) {
    taken.set(matrix.subarray(row * width + begin, row * width + end), row * (end - begin));
  }
  return taken;
}
