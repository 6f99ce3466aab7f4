import type { RoundPolicy } from '../api/types.ts';
import { formatSeconds } from '../format/formatSeconds.ts';

/** When a round closes, in one sentence. */
export function describeRoundPolicy({
  minSubmissions,
  maxSubmissions,
  deadlineSeconds,
}: RoundPolicy): string {
  const least = `needs ${minSubmissions} submission${minSubmissions === 1 ? '' : 's'}`;
  const ends = [
    maxSubmissions === undefined ? '' : `at ${maxSubmissions}`,
    deadlineSeconds === undefined ? '' : `after ${formatSeconds(deadlineSeconds)}`,
  ].filter(Boolean);
  return ends.length === 0
    ? `${least}; an operator closes it`
    : `${least}; closes itself ${ends.join(' or ')}`;
}
