import { DIRECT_RANK_MAX } from '@florist/core/florist/decompose';

/**
 * Splits terms, in their order, into groups to be added up one by one: of a stacked rank up to which the direct solver
 * is cheapest, but of two terms at least, so that there are fewer sums than terms. One group is the whole sum.
 */
export function groupTerms<T extends { rank: number }>(terms: readonly T[]): T[][] {
  const groups: T[][] = [];
  let stacked = 0;
  for (const term of terms) {
    const group = groups.at(-1);
    if (group === undefined || (group.length > 1 && stacked + term.rank > DIRECT_RANK_MAX)) {
      groups.push([term]);
      stacked = term.rank;
    } else {
      group.push(term);
      stacked += term.rank;
    }
  }
  return groups;
}
