import type { Dtype } from '@florist/core/kernel/kernel';
import { brokenPromises } from '@florist/core/precision/brokenPromises';
import { measurePrecision } from '@florist/core/precision/measurePrecision';
import { precisionCases } from '@florist/core/precision/precisionCases';
import t from 'tap';
import { openOnnxKernel } from '../src/engine/openOnnxKernel.js';

const kernel = openOnnxKernel('cpu', 2);
t.teardown(() => kernel.close());

/** Submissions of every dtype, the hardest conditions, and the path for stacks that are larger than ΔW. */
const CASES: readonly [name: string, dtype: Dtype][] = [
  ['sizes apart, κ 1e12', 'F32'],
  ['all mixed, κ 1e12', 'BF16'],
  ['32 clients, r > m + n, κ 1e9', 'F16'],
  ['one A for all', 'F16'],
  ['half of the B zero', 'F32'],
  ['r > n, 192 × 40', 'BF16'],
];

for (const [name, dtype] of CASES) {
  t.test(`the engine is as exact as promised: ${name}, ${dtype}`, async (t) => {
    const found = precisionCases(dtype).find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`no case ${name}`);
    t.same(brokenPromises(await measurePrecision(kernel, found)), []);
  });
}
