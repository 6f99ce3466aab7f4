// @ts-check
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/**
 * How fast this machine copies memory, on all cores at once: bytes read a second, each written as well.
 *
 * @param {number} cores
 * @returns {Promise<number>} bytes a second
 */
export async function copyRate(cores) {
  const program = fileURLToPath(new URL('copyMemory.mjs', import.meta.url));
  const rates = await Promise.all(Array.from({ length: cores }, () => rateOf(new Worker(program))));
  return rates.reduce((sum, rate) => sum + rate, 0);
}

/**
 * @param {Worker} worker
 * @returns {Promise<number>}
 */
const rateOf = (worker) =>
  new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
