// @ts-check
import { aggregateModule } from '../../../core/dist/florist/aggregateModule.js';
import { PLAN } from './plan.mjs';

/** @typedef {import('../../../core/src/florist/moduleReport.js').ModuleReport} ModuleReport */
/** @typedef {{ seconds: number, report: ModuleReport }} Timed seconds of the wall clock */

/**
 * Aggregates a module as the worker does.
 *
 * @param {import('../../../core/src/kernel/kernel.js').Kernel} kernel
 * @param {import('../../../core/src/florist/moduleReport.js').ModuleSource} source
 * @returns {Promise<Timed>}
 */
export async function timeModule(kernel, source) {
  const begun = performance.now();
  const { report } = await aggregateModule(kernel, source, PLAN);
  return { seconds: (performance.now() - begun) / 1000, report };
}
