import type { RoundPolicy } from '../api/types.ts';
import { formatPlural } from '../format/formatPlural.ts';
import { formatSeconds } from '../format/formatSeconds.ts';

/** When a round closes, in one sentence. */
export function describeRoundPolicy({
  minSubmissions,
  maxSubmissions,
  deadlineSeconds,
}: RoundPolicy): string {
  const least = `needs ${formatPlural(minSubmissions, 'submission')}`;
  const ends = [
    maxSubmissions === undefined ? '' : `at ${maxSubmissions}`,
    deadlineSeconds === undefined ? '' : `after ${formatSeconds(deadlineSeconds)}`,
  ].filter(Boolean);
  return ends.length === 0
    ? `${least}; an operator closes it`
    : `${least}; closes itself ${ends.join(' or ')}`;
}
