import type { CandidatePolicy } from '@florist/core/schemas/candidates';
import { aggregationFields } from '../ledger/fields.js';

/** A policy as the ledger keeps it: whole, and its rank policies as they are written in aggregations. */
export function candidateFields(policy: CandidatePolicy): Record<string, string> {
  const ranks = policy.taus.map((tau) => aggregationFields({ rank: { policy: 'energy', tau } }).rank);
  return { candidates: JSON.stringify(policy), candidateRanks: JSON.stringify(ranks) };
}
