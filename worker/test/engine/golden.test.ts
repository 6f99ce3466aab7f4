import type { Kernel } from '@florist/core/kernel/kernel';
import t, { type Test } from 'tap';
import { tsImport } from 'tsx/esm/api';
import { openOnnxKernel } from '../../src/engine/openOnnxKernel.js';

/** The suite that every kernel passes lies with the reference kernel's tests, outside this package's sources. */
const SUITE = new URL('../../../core/test/golden/suite.ts', import.meta.url).href;
const { goldenSuite }: { goldenSuite(t: Test, makeKernel: () => Kernel): void } = await tsImport(
  SUITE,
  import.meta.url,
);

const kernel = openOnnxKernel('cpu', 2);
t.teardown(() => kernel.close());

goldenSuite(t, () => kernel);
