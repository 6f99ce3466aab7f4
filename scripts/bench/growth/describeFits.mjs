// @ts-check
import { fitPieces } from '../measure/fitPieces.mjs';

/** @typedef {import('../measure/fitExponent.mjs').Point} Point */

/**
 * "r^1.7 up to 512, r^2.6 beyond".
 *
 * @param {string} symbol of x
 * @param {readonly Point[]} points ascending
 */
export function describeFits(symbol, points) {
  if (points.length < 2) return 'one point only';
  const [first, second] = fitPieces(points);
  const power = (/** @type {number} */ exponent) => `${symbol}^${exponent.toFixed(2)}`;
  if (!first) throw new Error('points give at least one fit');
  if (!second) return power(first.exponent);
  return `${power(first.exponent)} up to ${first.to}, ${power(second.exponent)} beyond`;
}
