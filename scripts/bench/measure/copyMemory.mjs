// @ts-check
import { parentPort } from 'node:worker_threads';

/** Far more than any cache holds, in bytes. */
const BLOCK_BYTES = 128 * 1024 * 1024;
/** How long copying goes on, in milliseconds. */
const DURATION_MS = 1500;

/** The program of a thread that copies memory for a while and tells its parent the best rate, in bytes a second. */
function copyMemory() {
  const from = new Uint8Array(BLOCK_BYTES).fill(1);
  const to = new Uint8Array(BLOCK_BYTES).fill(2);
  const begun = performance.now();
  let best = 0;
  for (let last = begun, now = begun; now - begun < DURATION_MS; last = now) {
    to.set(from);
    now = performance.now();
    best = Math.max(best, BLOCK_BYTES / ((now - last) / 1000));
  }
  parentPort?.postMessage(best);
}

copyMemory();
