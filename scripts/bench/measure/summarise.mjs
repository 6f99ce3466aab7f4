// @ts-check
import { median } from './median.mjs';
import { quantile } from './quantile.mjs';

/**
 * @typedef {object} Summary
 * @property {number} median
 * @property {number} low the lower quartile
 * @property {number} high the upper quartile
 * @property {number[]} values as they were measured, in order
 */

/**
 * @param {number[]} values at least one
 * @returns {Summary}
 */
export const summarise = (values) => ({
  median: median(values),
  low: quantile(values, 0.25),
  high: quantile(values, 0.75),
  values,
});
