// @ts-check

/**
 * "6.1×", "640×".
 *
 * @param {number} ratio
 */
export const formatRatio = (ratio) => `${ratio.toFixed(ratio < 1 ? 2 : ratio < 99.5 ? 1 : 0)}×`;
