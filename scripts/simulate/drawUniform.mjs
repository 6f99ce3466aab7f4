// @ts-check
import { createHash } from 'node:crypto';

/**
 * Three numbers in [0, 1) that depend on every one of the seeds.
 *
 * @param {...number} seeds
 * @returns {[number, number, number]}
 */
export function drawUniform(...seeds) {
  const digest = createHash('sha256').update(seeds.join(' ')).digest();
  const draw = (/** @type {number} */ at) => digest.readUInt32LE(4 * at) / 2 ** 32;
  return [draw(0), draw(1), draw(2)];
}
