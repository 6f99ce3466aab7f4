import type { Method } from '../schemas/aggregation.js';
import type { RoundShape } from './roundShape.js';
import { totalRank } from './totalRank.js';

/** Communication efficiency, 1 / total rank; 0 for a round without modules. */
export function efficiency(method: Method, round: RoundShape): number {
  const rank = totalRank(method, round);
  return rank > 0 ? 1 / rank : 0;
}
