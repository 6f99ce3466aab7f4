import { allotBudget } from '@florist/core/florist/allotBudget';
import type { Aggregation } from '@florist/core/schemas/aggregation';
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
  if (rank.policy !== 'budget') throw new Error(`the policy ${rank.policy} allots no budget`);
  const measures = measured.flatMap((part) => part.measures);
  measures.sort((x, y) => (x.name < y.name ? -1 : 1));
  const ranks = allotBudget(measures, rank.bytes, dtype);
  return Object.fromEntries(measures.map(({ name }, index) => [name, ranks[index] ?? 1]));
}
