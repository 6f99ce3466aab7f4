// @ts-check

/** @typedef {(text: string) => string} Paint */

/** @type {(text: string) => string} */
const plain = (text) => text;

/**
 * Whether a stream shows colour: a terminal that is not dumb, unless NO_COLOR is set to anything.
 *
 * @param {NodeJS.WriteStream} stream
 */
export const hasColour = (stream) =>
  stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';

/**
 * @param {NodeJS.WriteStream} [stream]
 * @returns {{ bold: Paint, dim: Paint, red: Paint, green: Paint, yellow: Paint, cyan: Paint }}
 */
export function colours(stream = process.stdout) {
  /** @type {(on: number, off: number) => Paint} */
  const paint = (on, off) => (hasColour(stream) ? (text) => `\u001b[${on}m${text}\u001b[${off}m` : plain);
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    cyan: paint(36, 39),
  };
}
