import type { RoundState } from '../api/types.ts';

/** Whether a round changes no more by itself, so that the next may open. */
export function hasEnded(state: RoundState): boolean {
  switch (state) {
    case 'published':
    case 'failed':
    case 'cancelled':
      return true;
    case 'collecting':
    case 'aggregating':
      return false;
  }
}
