import type { Clip } from '../schemas/weighting.js';
import { median } from './median.js';

/**
 * The norm to which updates are clipped. The median counts every client once, whatever number of examples it
 * claims, and leaves out updates of zero, which say nothing about how long updates are.
 *
 * @param norms of the clients that were not dropped
 * @returns ∞ where all updates are zero
 */
export function clipNorm({ norm, timesMedian }: Clip, norms: readonly number[]): number {
  if (norm !== undefined) return norm;
  if (timesMedian === undefined) throw new Error('clipping needs a bound');
  const moving = norms.filter((own) => own > 0);
  return moving.length === 0 ? Number.POSITIVE_INFINITY : timesMedian * median(moving);
}
