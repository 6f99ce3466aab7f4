// @ts-check
import { fitExponent } from './fitExponent.mjs';

/** @typedef {import('./fitExponent.mjs').Point} Point */
/** @typedef {import('./fitExponent.mjs').Fit} Fit */

/** Points that a piece needs at least: any line fits two of them. */
const PIECE_MIN = 3;
/** Exponents nearer to each other than this are one straight line with noise. */
const BEND_MIN = 0.3;
/** Two pieces must leave at most this share of one line's squared error. */
const GAIN_MAX = 0.5;

/**
 * One power law, or two that meet at a measured point where they describe the points much better and differ.
 *
 * @param {readonly Point[]} points at least two, ascending in x
 * @returns {Fit[]}
 */
export function fitPieces(points) {
  const whole = fitExponent(points);
  let best = [whole];
  let least = whole.squaredError * GAIN_MAX;
  for (let at = PIECE_MIN - 1; at <= points.length - PIECE_MIN; at++) {
    const before = fitExponent(points.slice(0, at + 1));
    const after = fitExponent(points.slice(at));
    const squaredError = before.squaredError + after.squaredError;
    if (squaredError > least || Math.abs(after.exponent - before.exponent) < BEND_MIN) continue;
    least = squaredError;
    best = [before, after];
  }
  return best;
}
