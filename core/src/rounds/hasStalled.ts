import type { StallPolicy } from '../schemas/nextRound.js';

/** The mean of one metric over whoever evaluated what a round serves. */
export interface MeasuredRound {
  readonly mean: number;
  readonly higherIsBetter: boolean;
}

/**
 * Whether the best of the last `rounds` measured rounds is no more than `minImprovement` better than the best of all
 * before them. Not while there are no more than `rounds` of them.
 *
 * @param measured in the order of the rounds, without those that nobody evaluated
 */
export function hasStalled(
  { rounds, minImprovement }: StallPolicy,
  measured: readonly MeasuredRound[],
): boolean {
  if (measured.length <= rounds) return false;
  const sign = measured.at(-1)?.higherIsBetter === false ? -1 : 1;
  const best = (part: readonly MeasuredRound[]) => Math.max(...part.map(({ mean }) => sign * mean));
  return best(measured.slice(-rounds)) - best(measured.slice(0, -rounds)) <= minImprovement;
}
