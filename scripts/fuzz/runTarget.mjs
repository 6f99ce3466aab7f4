// @ts-check
import { Worker } from 'node:worker_threads';

/** How often the watchdog looks, in milliseconds. */
const WATCH_MS = 1000;
/** A case that has not ended after this long, in milliseconds, is taken to hang: four times what one may take. */
const HANG_MS = 20_000;
/** Objects that a target may hold at once, in megabytes; a worker thread that needs more ends. */
const HEAP_MB_MAX = 192;
/** What may be left of the objects of all cases of a run, in bytes, above those of its first batch. */
const HEAP_GROWTH_MAX = 16 * 2 ** 20;
/** The most memory a process may have in RAM, in bytes: the fuzzer's own with what it fuzzes, or the api's. */
export const MEMORY_MAX = 400 * 2 ** 20;

/** @typedef {import('./tryTarget.mjs').Tally} Tally */

/**
 * @typedef {object} Result
 * @property {string} target
 * @property {Tally} tally
 * @property {number} peak memory in bytes
 * @property {string} [finding] with how to see it again
 */

/**
 * Runs a target in a thread of its own, so that one that hangs or that eats memory can be stopped and named.
 *
 * @param {string} target
 * @param {{ seed: number, cases: number }} wanted
 * @param {(tally: Tally) => void} onProgress
 * @returns {Promise<Result>}
 */
export function runTarget(target, { seed, cases }, onProgress) {
  const count = new SharedArrayBuffer(4);
  const begun = new Int32Array(count);
  const worker = new Worker(new URL('./worker.mjs', import.meta.url), {
    workerData: { target, seed, cases, count },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB_MAX },
  });
  /** @type {Tally} */
  let tally = { cases: 0, outcomes: {}, slowestMs: 0 };
  return new Promise((resolve) => {
    const end = (/** @type {string | undefined} */ finding, peak = 0) => {
      clearInterval(watch);
      resolve({ target, tally, peak, ...(finding && { finding }) });
    };
    const watch = watchFor(begun, () => {
      end(`case ${begun[0]} of the run with seed ${seed} hangs`);
      void worker.terminate();
    });
    worker.on('message', (/** @type {import('./worker.mjs').Message} */ message) => {
      tally = message.tally;
      if (message.kind === 'progress') onProgress(tally);
      else end(findingOf(target, message), message.peak);
    });
    worker.on('error', (error) => end(`after ${begun[0]} cases with seed ${seed}: ${error.stack ?? error}`));
    worker.on('exit', (code) => end(code === 0 ? undefined : `the thread ended with code ${code}`));
  });
}

/**
 * Calls `onHang` when no case has begun for long. What comes before the first and after the last has other limits.
 *
 * @param {Int32Array} begun
 * @param {() => void} onHang
 */
function watchFor(begun, onHang) {
  let last = 0;
  let since = performance.now();
  return setInterval(() => {
    const now = Atomics.load(begun, 0);
    if (now !== last || now === 0) {
      last = now;
      since = performance.now();
    } else if (performance.now() - since > HANG_MS) onHang();
  }, WATCH_MS);
}

/**
 * @param {string} target
 * @param {Extract<import('./worker.mjs').Message, { kind: 'end' }>} message
 */
function findingOf(target, { found, heapGrowth, peak }) {
  if (found) {
    const again = `npm run fuzz -- --target ${target} --seed ${found.seed} --cases 1000`;
    return `${found.message}\n  smallest case: ${found.input}\n  again: ${again}`;
  }
  const mb = (/** @type {number} */ bytes) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
  if (heapGrowth > HEAP_GROWTH_MAX)
    return `${mb(heapGrowth)} of objects are left; at most ${mb(HEAP_GROWTH_MAX)}`;
  if (peak > MEMORY_MAX) return `${mb(peak)} of memory were in use; at most ${mb(MEMORY_MAX)}`;
  return undefined;
}
