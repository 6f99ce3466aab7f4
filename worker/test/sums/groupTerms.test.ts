import { DIRECT_RANK_MAX } from '@florist/core/florist/decompose';
import fc from 'fast-check';
import t from 'tap';
import { groupTerms } from '../../src/sums/groupTerms.js';

const RANKS = fc.array(fc.integer({ min: 1, max: 2 * DIRECT_RANK_MAX }), { minLength: 1, maxLength: 40 });

t.test(
  'keeps every term in its place, in fewer groups, no higher than the direct solver likes',
  async (t) => {
    const property = fc.property(RANKS, (ranks) => {
      const terms = ranks.map((rank, place) => ({ rank, place }));
      const groups = groupTerms(terms);
      const heights = groups.map((group) => group.reduce((sum, { rank }) => sum + rank, 0));
      return (
        groups.flat().every(({ place }, index) => place === index) &&
        groups.flat().length === terms.length &&
        (terms.length === 1 || groups.length < terms.length) &&
        groups.every((group, index) => group.length <= 2 || (heights[index] ?? 0) <= DIRECT_RANK_MAX)
      );
    });
    t.doesNotThrow(() => fc.assert(property));
  },
);
