import { allotBudget } from '@florist/core/florist/allotBudget';
import { allotTotalRank } from '@florist/core/florist/allotTotalRank';
import { type Aggregation, isShared } from '@florist/core/schemas/aggregation';
import type { MeasureIndex } from '../aggregation/partIndex.js';

/**
 * The rank of every module by name, from what the first pass measured.
 *
 * @throws Refusal budget_too_small
 */
export function allotRanks(
  { rank, dtype }: Aggregation,
  measured: readonly MeasureIndex[],
): Record<string, number> {
  if (!isShared(rank)) throw new Error(`the policy ${rank.policy} allots no budget`);
  const measures = measured.flatMap((part) => part.measures);
  measures.sort((x, y) => (x.name < y.name ? -1 : 1));
  const ranks =
    rank.policy === 'budget'
      ? allotBudget(measures, rank.bytes, dtype)
      : allotTotalRank(measures, rank.totalRank);
  return Object.fromEntries(measures.map(({ name }, index) => [name, ranks[index] ?? 1]));
}
