/**
 * Child processes, without being asked for more: enough to hide one's arithmetic in r-space behind another's
 * products, and few enough for the worker to stay below 700 MB (about 130 MB, and 250 MB for each child, at
 * modules of 4096 × 4096).
 */
const CHILDREN = 2;

/** How many parts a worker makes at a time, and how many cores each may use. */
export interface Concurrency {
  children: number;
  threads: number;
}

/**
 * Shares out the cores. A third of a module's time is plain arithmetic on one core, and a second hardly helps products
 * of this size, so two children with a thread each take half to two thirds of the time of one with two threads.
 *
 * @param asked children at a time, where the operator says so
 */
export function chooseConcurrency(cores: number, asked?: number): Concurrency {
  const children = asked ?? Math.min(cores, CHILDREN);
  return { children, threads: Math.max(1, Math.floor(cores / children)) };
}
