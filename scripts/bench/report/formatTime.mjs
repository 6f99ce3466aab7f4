// @ts-check

/**
 * A time with three significant digits, in the unit that suits it.
 *
 * @param {number} seconds
 */
export function formatTime(seconds) {
  if (seconds < 0.9995e-3) return `${(seconds * 1e6).toFixed(0)} µs`;
  if (seconds < 0.9995) return `${digits(seconds * 1e3)} ms`;
  if (seconds < 999.5) return `${digits(seconds)} s`;
  return `${(seconds / 60).toFixed(0)} min`;
}

/** @param {number} value */
const digits = (value) => value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
