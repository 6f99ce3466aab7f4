import type { Dtype, RawMatrix, Side, Stack } from '@florist/core/kernel/kernel';
import { Tensor } from 'onnxruntime-node';
import { gramOf } from './gramOf.js';
import { elementsKey, feedsOf, joinParts } from './joinParts.js';
import { projectModel } from './models/projectModel.js';
import type { ElementName } from './onnxSchema.js';
import type { SessionCache } from './sessionCache.js';
import { toBytes } from './toBytes.js';
import { type Part, toTensor } from './toTensor.js';

/** What a projection leaves its graph as: the published element, or what the host rounds to it. */
const PROJECTED: Readonly<Record<Dtype, ElementName>> = { F32: 'float32', F16: 'float16', BF16: 'float64' };

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
  let parts = await joinParts(cache, side, matrices.map(toTensor));
  const elements = parts.map((part) => part.element);
  const pattern = `${side} ${elementsKey(parts)}`;
  return {
    side,
    rank,
    length,
    async gram() {
      return gramOf(cache, side, held(parts), pattern);
    },
    async project(coefficients, p, dtype) {
      const element = PROJECTED[dtype];
      const feeds = {
        ...feedsOf(held(parts)),
        coefficients: coefficientsTensor(side, coefficients, rank, p),
      };
      const key = `project ${pattern} ${element}`;
      const projected = await cache.run(key, () => projectModel(side, elements, element), feeds, 'projected');
      return toBytes(projected, dtype);
    },
    release() {
      parts = [];
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

function held(parts: readonly Part[]): readonly Part[] {
  if (parts.length === 0) throw new Error('the stack has been released');
  return parts;
}

function coefficientsTensor(side: Side, values: Float64Array, rank: number, p: number): Tensor {
  if (values.length !== rank * p) {
    throw new Error(`coefficients of ${values.length} values are not ${rank} × ${p}`);
  }
  return new Tensor('float64', values, side === 'B' ? [rank, p] : [p, rank]);
}
