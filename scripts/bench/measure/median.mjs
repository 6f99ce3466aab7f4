// @ts-check
import { quantile } from './quantile.mjs';

/**
 * @param {readonly number[]} values at least one
 * @returns {number} the middle one, or the mean of the two in the middle
 */
export const median = (values) => quantile(values, 0.5);
