// @ts-check
import { aggregateModule } from '../../../core/dist/florist/aggregateModule.js';
import { openOnnxKernel } from '../../../worker/dist/engine/openOnnxKernel.js';
import { TAU } from '../../demo/cast.mjs';

/** @typedef {import('../../../core/src/florist/moduleReport.js').ModuleSource} ModuleSource */
/** @typedef {import('../../../core/src/florist/moduleReport.js').ModuleReport} ModuleReport */
/** @typedef {import('../../../worker/src/engine/openOnnxKernel.js').OnnxKernel} OnnxKernel */
/** @typedef {{ seconds: number, report: ModuleReport }} Timed seconds of the wall clock */
/**
 * @typedef {object} Ours what the worker's processes run, in this one
 * @property {OnnxKernel} kernel
 * @property {(source: ModuleSource) => Promise<Timed>} aggregate
 */

/** What every row of the benchmark publishes. */
export const PLAN = /** @type {const} */ ({
  method: 'florist',
  rank: { policy: 'energy', tau: TAU },
  dtype: 'F32',
});

/**
 * @param {number} cores that one product may use
 * @returns {Ours}
 */
export function openOurs(cores) {
  const kernel = openOnnxKernel('cpu', cores);
  return {
    kernel,
    aggregate: async (source) => {
      const begun = performance.now();
      const { report } = await aggregateModule(kernel, source, PLAN);
      return { seconds: (performance.now() - begun) / 1000, report };
    },
  };
}
