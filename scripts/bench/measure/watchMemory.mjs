// @ts-check
import { treeMemory } from './treeMemory.mjs';

/** How often memory is read, in milliseconds: a large allocation lives longer, and a reading takes 0.1 ms. */
const SAMPLE_MS = 20;

/**
 * Samples the memory of processes and of all below them until told to stop.
 *
 * @param {number[]} pids
 * @param {(bytes: number) => void} [onSample] is told of every reading
 * @returns {{ stop: () => void, peak: () => { peakBytes: number, processes: number } }} peak: the largest sum so
 *   far, and of how many processes
 */
export function watchMemory(pids, onSample = () => {}) {
  let peak = { bytes: 0, processes: 0 };
  const sample = () => {
    const now = pids.map(treeMemory).reduce((a, b) => ({
      bytes: a.bytes + b.bytes,
      processes: a.processes + b.processes,
    }));
    if (now.bytes > peak.bytes) peak = now;
    onSample(now.bytes);
  };
  sample();
  const timer = setInterval(sample, SAMPLE_MS);
  return {
    stop: () => {
      clearInterval(timer);
      sample();
    },
    peak: () => ({ peakBytes: peak.bytes, processes: peak.processes }),
  };
}
