// @ts-check
import { formatTime } from './formatTime.mjs';

/** @typedef {import('../measure/summarise.mjs').Summary} Summary */

/**
 * Median and quartiles as cells.
 *
 * @param {Summary} summary seconds
 */
export const formatSpread = ({ median, low, high }) => [
  formatTime(median),
  `${formatTime(low)} … ${formatTime(high)}`,
];
