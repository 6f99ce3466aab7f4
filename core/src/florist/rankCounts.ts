import type { RankCount } from './moduleReport.js';

/** Distinct ranks, ascending, and how often each occurs. */
export function rankCounts(ranks: readonly number[]): RankCount[] {
  const counts = new Map<number, number>();
  for (const rank of ranks) counts.set(rank, (counts.get(rank) ?? 0) + 1);
  return [...counts].map(([rank, clients]) => ({ rank, clients })).sort((x, y) => x.rank - y.rank);
}
