import type { Provider } from '../engine/provider.js';

/** Child processes at most without being asked for more; each takes about 150 MB. */
const CHILDREN_MAX = 8;
/** Children that share one GPU: while one computes in r-space on its core, the other has the GPU. */
const CHILDREN_CUDA = 2;

/** How many parts a worker makes at a time, and how many cores each may use. */
export interface Concurrency {
  children: number;
  threads: number;
}

/**
 * One child per core with one thread each, unless `asked` for another number: half of a module's time is plain
 * arithmetic on one core, so two children on two cores take less time than one with two threads.
 */
export function chooseConcurrency(provider: Provider, cores: number, asked?: number): Concurrency {
  const children = asked ?? Math.min(cores, provider === 'cuda' ? CHILDREN_CUDA : CHILDREN_MAX);
  return { children, threads: Math.max(1, Math.floor(cores / children)) };
}
