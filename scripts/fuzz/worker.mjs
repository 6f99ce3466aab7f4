// @ts-check
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { loadTarget } from './targets.mjs';
import { tryTarget } from './tryTarget.mjs';

/**
 * @typedef {object} Task
 * @property {string} target
 * @property {number} seed
 * @property {number} cases
 * @property {SharedArrayBuffer} count of cases begun, an Int32Array of one, by which a case that hangs is known
 */

/**
 * @typedef {{ kind: 'progress', tally: import('./tryTarget.mjs').Tally }
 *   | { kind: 'end', tally: import('./tryTarget.mjs').Tally, found?: import('./tryTarget.mjs').Found,
 *       heapGrowth: number, peak: number }} Message heap growth in bytes, peak memory in bytes
 */

setFlagsFromString('--expose-gc');
/** @type {() => void} */
const collect = runInNewContext('gc');

/** @type {Task} */
const { target: name, seed, cases, count } = workerData;
const begun = new Int32Array(count);
const target = await loadTarget(name);
const opened = await target.open?.();
const memory = opened?.memory ?? (async () => process.memoryUsage().rss);
/** @param {Message} message */
const tell = (message) => parentPort?.postMessage(message);

const heap = () => {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};
/** What the first batch has loaded and compiled is there to stay. */
let heapBefore = 0;
let peak = 0;
try {
  const result = await tryTarget(
    target,
    { seed, cases },
    (tally) => {
      heapBefore ||= heap();
      peak = Math.max(peak, process.memoryUsage().rss);
      tell({ kind: 'progress', tally });
    },
    () => Atomics.add(begun, 0, 1),
  );
  if (opened) peak = await memory();
  tell({ kind: 'end', ...result, heapGrowth: heapBefore ? Math.max(0, heap() - heapBefore) : 0, peak });
} finally {
  await opened?.close();
}
