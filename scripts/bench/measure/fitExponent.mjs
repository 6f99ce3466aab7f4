// @ts-check

/** @typedef {[x: number, y: number]} Point both above 0 */
/**
 * @typedef {object} Fit of y = c · x^exponent over [from, to]
 * @property {number} from
 * @property {number} to
 * @property {number} exponent
 * @property {number} squaredError Σ of the squared residuals of ln y
 */

/**
 * The exponent of a power law by least squares in logarithms.
 *
 * @param {readonly Point[]} points at least two, ascending in x
 * @returns {Fit}
 */
export function fitExponent(points) {
  const logs = points.map(([x, y]) => /** @type {Point} */ ([Math.log(x), Math.log(y)]));
  const meanX = logs.reduce((sum, [x]) => sum + x, 0) / logs.length;
  const meanY = logs.reduce((sum, [, y]) => sum + y, 0) / logs.length;
  const spread = logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const exponent = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
  const squaredError = logs.reduce((sum, [x, y]) => sum + (y - meanY - exponent * (x - meanX)) ** 2, 0);
  return { from: points[0]?.[0] ?? Number.NaN, to: points.at(-1)?.[0] ?? Number.NaN, exponent, squaredError };
}
